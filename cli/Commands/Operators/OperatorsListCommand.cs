using System.CommandLine;
using System.Text.Json.Nodes;
using Gateway.Cli.Remote;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;

namespace Gateway.Cli.Commands.Operators;

/// <summary><c>gateway operators list</c>: the tenant's, at its listener.</summary>
internal sealed class OperatorsListCommand : LeafCommand
{
    private readonly ProfileOption _profile;

    public OperatorsListCommand(CommandConfiguration configuration)
        : base(configuration, "list", "Show who works with Gateway itself.", "gateway operators list --profile prod") =>
        _profile = new ProfileOption(this);

    protected override async Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        using var api = OperatorsApi.Of(_profile.Demand(parsed));
        var found = (await api.GetAsync("/operators", cancellationToken)).Read<OperatorList>().Items;
        return CommandResult.Ok(new() { ["operators"] = new JsonArray([.. found.Select(one => (JsonNode)one.Json())]) }) with
        {
            Table = Columns.Of(OperatorView.Headings, found.Select(one => one.Row())),
        };
    }
}

/// <summary><c>gateway operators show</c>: one of them.</summary>
internal sealed class OperatorsShowCommand : LeafCommand
{
    private readonly Argument<string> _name = OperatorChange.NameArgument();
    private readonly ProfileOption _profile;

    public OperatorsShowCommand(CommandConfiguration configuration)
        : base(configuration, "show", "Show an operator.", "gateway operators show cleo --profile prod")
    {
        Add(_name);
        _profile = new ProfileOption(this);
    }

    protected override async Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var path = OperatorChange.PathOf(parsed.GetRequiredValue(_name));
        using var api = OperatorsApi.Of(_profile.Demand(parsed));
        var found = (await api.GetAsync(path, cancellationToken)).Read<OperatorView>();
        return CommandResult.Ok(found.Json(), found.Line());
    }
}
