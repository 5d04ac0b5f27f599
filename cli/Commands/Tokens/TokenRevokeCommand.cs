using System.CommandLine;
using Gateway.Cli.Arguments;
using Gateway.Cli.Remote;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;

namespace Gateway.Cli.Commands.Tokens;

/// <summary><c>gateway tokens revoke</c>: ends a token everywhere, within a second.</summary>
internal sealed class TokenRevokeCommand : LeafCommand
{
    private readonly Argument<string> _id = NoOption.Argument("ID", "The token's, as 'tokens list' says it; not the token itself.");
    private readonly Option<bool> _any = new("--any") { Description = "Another operator's too." };
    private readonly ProfileOption _profile;

    public TokenRevokeCommand(CommandConfiguration configuration)
        : base(configuration, "revoke", "End one of your tokens.", "gateway tokens revoke 4m2q… --profile prod")
    {
        Add(_id);
        Add(_any);
        _profile = new ProfileOption(this);
    }

    protected override async Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var given = parsed.GetRequiredValue(_id);
        if (given.StartsWith("gw", StringComparison.Ordinal) && given.Contains('_', StringComparison.Ordinal))
        {
            throw new InvalidInputException("That is a token itself, and was not sent.", "Name it by its id: gateway tokens list.");
        }

        var id = PathPart.Of(given, "token");
        using var api = OperatorsApi.Of(_profile.Demand(parsed));
        var path = (parsed.GetValue(_any) ? "/tokens/" : "/session/tokens/") + id;
        await api.SendAsync(HttpMethod.Delete, path, body: null, version: null, cancellationToken);
        return CommandResult.Ok(new() { ["id"] = id }, $"{id} is revoked.");
    }
}
