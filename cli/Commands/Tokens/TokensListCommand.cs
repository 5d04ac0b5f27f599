using System.CommandLine;
using System.Text.Json.Nodes;
using Gateway.Cli.Remote;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;

namespace Gateway.Cli.Commands.Tokens;

/// <summary><c>gateway tokens list</c>: one's own, or everybody's. Of none is there more than its name.</summary>
internal sealed class TokensListCommand : LeafCommand
{
    private readonly Option<bool> _all = new("--all") { Description = "Those of all operators of the tenant." };
    private readonly ProfileOption _profile;

    public TokensListCommand(CommandConfiguration configuration)
        : base(configuration, "list", "Show by which tokens programs work for you.", "gateway tokens list --profile prod")
    {
        Add(_all);
        _profile = new ProfileOption(this);
    }

    protected override async Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        using var api = OperatorsApi.Of(_profile.Demand(parsed));
        var found = (await api.GetAsync(parsed.GetValue(_all) ? "/tokens" : "/session/tokens", cancellationToken)).Read<TokenList>().Items;
        return CommandResult.Ok(new() { ["tokens"] = new JsonArray([.. found.Select(one => (JsonNode)one.Json())]) }) with
        {
            Table = Columns.Of(TokenView.Headings, found.Select(one => one.Row())),
        };
    }
}
