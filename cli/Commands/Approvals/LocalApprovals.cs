using Gateway.Cli.Results;
using Gateway.Cli.Settings;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Stores;
using Gateway.Policy.Evaluation;
using Gateway.Policy.Model;

namespace Gateway.Cli.Commands.Approvals;

/// <summary>
/// In the store of this machine's instance, which is opened when it is asked. Who decides is the user of the operating system; who became
/// another one, by <c>sudo</c> for one, isn't that person.
/// </summary>
/// <param name="program">The command, as it is typed: it stands in its record.</param>
internal sealed class LocalApprovals(CommandConfiguration configuration, Id<Tenant> tenant, string program) : IApprovals
{
    private readonly LocalInstance _instance = LocalInstance.Open(configuration);

    public IReadOnlyList<string> Warnings { get; private set; } = [];

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    public async Task<IReadOnlyList<ApprovalRecord>> ListAsync(bool all, int most, CancellationToken cancellationToken)
    {
        await using var store = _instance.OpenStore();
        var found = await LocalInstance.ApprovalsIn(store).ListAsync(tenant, Now, most, cancellationToken);
        return [.. found.Where(one => one.IsLive || all)];
    }

    public async Task<ApprovalRecord> FindAsync(string id, CancellationToken cancellationToken)
    {
        await using var store = _instance.OpenStore();
        return await FindAsync(LocalInstance.ApprovalsIn(store), id, cancellationToken);
    }

    public async Task<ApprovalRecord> VoteAsync(string id, bool approves, string view, string reason, CancellationToken cancellationToken)
    {
        await using var change = await BeginAsync(GovernedChange.ApprovalVoted, reason, cancellationToken);
        var found = await FindAsync(change.Approvals, id, cancellationToken);
        Demand(found, change.By);
        var vote = new ApprovalVote(change.By, approves, view, Now, reason);
        var (outcome, after) = await change.Approvals.VoteAsync(tenant, id, vote, cancellationToken);
        if (outcome != VoteOutcome.Counted)
        {
            throw Uncounted(outcome, after ?? found, change.By);
        }

        await change.RecordAsync(cancellationToken);
        return after!;
    }

    public async Task<ApprovalRecord> BreakGlassAsync(
        string id,
        string view,
        string reason,
        string ticket,
        CancellationToken cancellationToken
    )
    {
        TenantEntitlements.Of(_instance).Demand(tenant, Entitlement.BreakGlass, $"the approval {id}");
        await using var change = await BeginAsync(GovernedChange.BreakGlass, reason, cancellationToken);
        var found = await FindAsync(change.Approvals, id, cancellationToken);
        var perDay = PerDay(found, change.By);
        var glass = new BrokenGlass(change.By, view, Now, reason, ticket);
        var (outcome, after) = await change.Approvals.BreakGlassAsync(tenant, id, glass, perDay, cancellationToken);
        if (outcome != VoteOutcome.Counted)
        {
            throw Uncounted(outcome, after ?? found, change.By);
        }

        await change.RecordAsync(cancellationToken);
        return after!;
    }

    public async Task RevokeAsync(string id, string reason, CancellationToken cancellationToken)
    {
        await using var change = await BeginAsync(GovernedChange.ApprovalEnded, reason, cancellationToken);
        if (!await change.Approvals.RevokeAsync(tenant, id, Now, cancellationToken))
        {
            throw new InvalidInputException(
                $"The tenant '{tenant}' has no approval '{id}' that could be taken back: it was used, has ended, or never was.",
                "List them: gateway approvals list --all."
            );
        }

        await change.RecordAsync(cancellationToken);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static InvalidInputException Uncounted(VoteOutcome outcome, ApprovalRecord found, string person) =>
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

    private async Task<LocalChange> BeginAsync(GovernedChange kind, string reason, CancellationToken cancellationToken)
    {
        var keys = _instance.LoadKeys();
        Warnings = keys.Warnings;
        return await _instance.BeginChangeAsync(keys, tenant, kind, program, reason, cancellationToken);
    }

    private async Task<ApprovalRecord> FindAsync(ApprovalStore store, string id, CancellationToken cancellationToken) =>
        await store.FindAsync(tenant, id, Now, cancellationToken) ?? throw ApprovalName.Missing(tenant, id);

    /// <summary>By the documents as they are now; whether it is enough is judged once more when it is used.</summary>
    private int PerDay(ApprovalRecord asked, string person)
    {
        var governance = Governance.Compile(_instance.GovernanceFolder).Find(tenant);
        var perDay = governance is null ? 0 : ApprovalCheck.BreaksPerDay(governance, asked.Agent, asked.Gates, person);
        return perDay > 0
            ? perDay
            : throw new InvalidInputException(
                $"'{person}' isn't one of those who may let {asked.Id} go ahead in an emergency: its gate's breakGlass names them, and "
                    + "none of the agent's owners counts.",
                "Have one of them do it, as themselves; or have it approved."
            );
    }

    /// <inheritdoc cref="PerDay"/>
    private void Demand(ApprovalRecord asked, string person)
    {
        var governance = Governance.Compile(_instance.GovernanceFolder).Find(tenant);
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
}
