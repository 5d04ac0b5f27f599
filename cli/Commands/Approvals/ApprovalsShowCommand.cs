using System.CommandLine;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;

namespace Gateway.Cli.Commands.Approvals;

/// <summary><c>gateway approvals show</c>: one action as a whole, with the digest that a vote on it names.</summary>
internal sealed class ApprovalsShowCommand : LeafCommand
{
    private readonly ApprovalName _name;

    public ApprovalsShowCommand(CommandConfiguration configuration)
        : base(configuration, "show", "Show what is to be approved.", "gateway approvals show apr_… --tenant acme")
    {
        _name = new ApprovalName(this);
    }

    protected override async Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var (tenant, id) = _name.Read(parsed);
        await using var store = LocalInstance.Open(Configuration).OpenStore();
        var found = await LocalInstance.ApprovalsIn(store).FindAsync(tenant, id, TimeProvider.System.GetUtcNow(), cancellationToken);
        return found is null
            ? throw ApprovalName.Missing(tenant, id)
            : CommandResult.Ok(ApprovalView.Json(found), [.. ApprovalView.Lines(found)]);
    }
}
