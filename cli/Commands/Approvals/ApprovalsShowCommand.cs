using System.CommandLine;
using Gateway.Cli.Arguments;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;
using Gateway.Policy.Model;

namespace Gateway.Cli.Commands.Approvals;

/// <summary><c>gateway approvals show</c>: one action as a whole, with the digest that a vote on it names.</summary>
internal sealed class ApprovalsShowCommand : LeafCommand
{
    private readonly Argument<string> _id = new("ID") { Description = "The approval's, such as apr_…." };
    private readonly Option<Id<Tenant>> _tenant = NameOptions.Tenant();

    public ApprovalsShowCommand(CommandConfiguration configuration)
        : base(configuration, "show", "Show what is to be approved.", "gateway approvals show apr_… --tenant acme")
    {
        Add(_id);
        Add(_tenant);
    }

    protected override async Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var (tenant, id) = (parsed.GetRequiredValue(_tenant), parsed.GetRequiredValue(_id));
        await using var store = LocalInstance.Open(Configuration).OpenStore();
        var found = await LocalInstance.ApprovalsIn(store).FindAsync(tenant, id, TimeProvider.System.GetUtcNow(), cancellationToken);
        return found is null
            ? throw new InvalidInputException($"The tenant '{tenant}' has no approval '{id}'.", "List them: gateway approvals list.")
            : CommandResult.Ok(ApprovalView.Json(found), [.. ApprovalView.Lines(found)]);
    }
}
