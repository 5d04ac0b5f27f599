using System.CommandLine;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;

namespace Gateway.Cli.Commands.Approvals;

/// <summary><c>gateway approvals show</c>: one action as a whole, with the digest that a vote on it names.</summary>
internal sealed class ApprovalsShowCommand : LeafCommand
{
    private readonly Argument<string> _id = ApprovalName.Argument();
    private readonly ApprovalsOf _of;

    public ApprovalsShowCommand(CommandConfiguration configuration)
        : base(configuration, "show", "Show what is to be approved.", "gateway approvals show apr_… --tenant acme")
    {
        Add(_id);
        _of = new ApprovalsOf(this);
    }

    protected override async Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var approvals = _of.Open(parsed, Configuration);
        var found = await approvals.FindAsync(parsed.GetRequiredValue(_id), cancellationToken);
        return CommandResult.Ok(ApprovalView.Json(found), [.. ApprovalView.Lines(found)]);
    }
}
