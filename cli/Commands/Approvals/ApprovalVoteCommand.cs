using System.CommandLine;
using Gateway.Cli.Arguments;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;

namespace Gateway.Cli.Commands.Approvals;

/// <summary>
/// <c>gateway approvals approve</c> and <c>deny</c>: the vote of whoever runs it, one of those whom the gates ask and no owner of the
/// agent.
/// </summary>
internal sealed class ApprovalVoteCommand : LeafCommand
{
    private readonly bool _approves;
    private readonly Argument<string> _id = ApprovalName.Argument();
    private readonly ApprovalsOf _of;
    private readonly Option<string> _view = ApprovalName.ViewOption();
    private readonly Option<string> _reason;

    public ApprovalVoteCommand(CommandConfiguration configuration, bool approves)
        : base(
            configuration,
            approves ? "approve" : "deny",
            approves ? "Say yes to exactly one action." : "Say no: nobody else can say yes then.",
            $"gateway approvals {(approves ? "approve" : "deny")} apr_… --tenant acme --view 4b53… --reason 'INC-42'"
        )
    {
        _approves = approves;
        _reason = ReasonOption.Create(required: !approves);
        Add(_id);
        _of = new ApprovalsOf(this);
        Add(_view);
        Add(_reason);
    }

    protected override async Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var reason = ReasonOption.Read(parsed, _reason);
        await using var approvals = _of.Open(parsed, Configuration);
        var (id, view) = (parsed.GetRequiredValue(_id), parsed.GetRequiredValue(_view));
        var after = await approvals.VoteAsync(id, _approves, view, reason, cancellationToken);
        return CommandResult.Ok(ApprovalView.Json(after), [.. ApprovalView.Lines(after)]) with { Warnings = approvals.Warnings };
    }
}
