using System.CommandLine;
using Gateway.Cli.Arguments;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Evaluation;
using Gateway.Policy.Model;

namespace Gateway.Cli.Commands.Approvals;

/// <summary>
/// <c>gateway approvals approve</c> and <c>deny</c>: the vote of whoever runs it, one of those whom the gates ask and no owner of the
/// agent. Who became another user of the machine, by <c>sudo</c> for one, isn't that person.
/// </summary>
internal sealed class ApprovalVoteCommand : LeafCommand
{
    private readonly bool _approves;
    private readonly ApprovalName _name;
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
        _name = new ApprovalName(this);
        Add(_view);
        Add(_reason);
    }

    protected override async Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var (tenant, id) = _name.Read(parsed);
        var reason = ReasonOption.Read(parsed, _reason);
        var instance = LocalInstance.Open(Configuration);
        var keys = instance.LoadKeys();
        await using var change = await instance.BeginChangeAsync(
            keys,
            tenant,
            GovernedChange.ApprovalVoted,
            FullName,
            reason,
            cancellationToken
        );
        var now = TimeProvider.System.GetUtcNow();
        var found = await change.Approvals.FindAsync(tenant, id, now, cancellationToken) ?? throw ApprovalName.Missing(tenant, id);
        Demand(instance, tenant, found, change.By);
        var vote = new ApprovalVote(change.By, _approves, parsed.GetRequiredValue(_view), now, reason);
        var (outcome, after) = await change.Approvals.VoteAsync(tenant, id, vote, cancellationToken);
        if (outcome != VoteOutcome.Counted)
        {
            throw Uncounted(outcome, after ?? found, change.By);
        }

        await change.RecordAsync(cancellationToken);
        return CommandResult.Ok(ApprovalView.Json(after!), [.. ApprovalView.Lines(after!)]) with { Warnings = keys.Warnings };
    }

    /// <summary>By the documents as they are now; whether it is enough is judged once more when it is used.</summary>
    private static void Demand(LocalInstance instance, Id<Tenant> tenant, ApprovalRecord asked, string person)
    {
        var governance = Governance.Compile(instance.GovernanceFolder).Find(tenant);
        if (governance is null || !ApprovalCheck.MayApprove(governance, asked.Agent, asked.Gates, person))
        {
            var groups = governance?.Gates.Where(gate => asked.Gates.Contains(gate.Name)).SelectMany(gate => gate.ApproverGroups) ?? [];
            throw new InvalidInputException(
                $"'{person}' isn't one of those who decide about {asked.Id}: they are the members of "
                    + $"{string.Join(" or ", groups.Distinct())}, without the agent's owners.",
                "Have one of them do it, as themselves; an ApproverGroup document says who they are."
            );
        }
    }

    internal static InvalidInputException Uncounted(VoteOutcome outcome, ApprovalRecord found, string person) =>
        outcome switch
        {
            VoteOutcome.Repeated => new($"'{person}' has voted on {found.Id} before.", "One person has one vote."),
            VoteOutcome.TooOften => new(
                $"'{person}' had as many emergencies as one person may have in 24 hours.",
                "Have those approve it whom its gate asks, or somebody else who may in an emergency."
            ),
            VoteOutcome.OfAnotherView => new(
                $"{found.Id} isn't what was shown under that digest.",
                "Look at it again: gateway approvals show."
            ),
            _ => new(
                $"{found.Id} is {ApprovalStates.Text(found.State)}: there is nothing to decide any more.",
                "Have the agent ask again."
            ),
        };
}
