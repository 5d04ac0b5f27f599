using Gateway.Administration.Calls;
using Gateway.Connectors.Contracts;

namespace Gateway.Administration.Operations;

/// <summary>An approval without what is to be approved, which is read by itself and put on record.</summary>
/// <param name="Groups">Who decides, by the documents as they are now.</param>
/// <param name="YouMay">Whether who asks is one of those who decide, and hasn't.</param>
/// <param name="WhyNot">Why who asks can't decide: <c>role_missing</c>, <c>not_in_groups</c>, <c>own_agent</c>, <c>already_voted</c> or
/// <c>ended</c>; null where they can.</param>
/// <param name="ActionSha256">Of everything that it is bound to.</param>
/// <param name="BrokenGlass">Who let it go ahead in an emergency, in place of the votes; null where nobody did.</param>
/// <param name="UsedBy">The decision that used it.</param>
internal sealed record ApprovalSummary(
    string Id,
    string State,
    string Agent,
    IReadOnlyList<string> Gates,
    IReadOnlyList<string> Groups,
    int ApprovedBy,
    int Needed,
    bool YouMay,
    string? WhyNot,
    DateTimeOffset At,
    DateTimeOffset ExpiresAt,
    string DecisionId,
    string ActionSha256,
    string ViewSha256,
    string? UsedBy,
    IReadOnlyList<ApprovalVoteView> Votes,
    BrokenGlassView? BrokenGlass
)
{
    public static ApprovalSummary Of(OperatorCall call, ApprovalRecord one)
    {
        var whyNot = WhyNotOf(call, one);
        return new(
            one.Id,
            ApprovalStates.Text(one.State),
            one.Agent,
            one.Gates,
            [
                .. (call.Documents?.Gates ?? [])
                    .Where(gate => one.Gates.Contains(gate.Name))
                    .SelectMany(gate => gate.ApproverGroups)
                    .Distinct(),
            ],
            one.Votes.Count(vote => vote.Approves),
            one.Needed,
            whyNot is null,
            whyNot,
            one.At,
            one.Ends,
            one.DecisionId,
            one.Action,
            one.ViewDigest,
            one.UsedBy,
            [.. one.Votes.Select(vote => new ApprovalVoteView(vote.Person, vote.Approves ? "approve" : "deny", vote.At, vote.Reason))],
            one.BrokenGlass is { } glass ? new BrokenGlassView(glass.Person, glass.At, glass.Reason, glass.Ticket) : null
        );
    }

    private static string? WhyNotOf(OperatorCall call, ApprovalRecord one)
    {
        var person = call.Who.Operator.Person;
        return !call.Who.Roles.HasFlag(OperatorRoles.Approver) ? "role_missing"
            : !ApprovalOperations.MayDecide(call, one, person)
                ? ApprovalOperations.Owns(call, one, person) ? "own_agent"
                    : "not_in_groups"
            : one.Votes.Any(vote => Policy.Model.PersonName.Of(vote.Person) == Policy.Model.PersonName.Of(person)) ? "already_voted"
            : one.State != ApprovalState.Pending ? "ended"
            : null;
    }
}

internal sealed record ApprovalVoteView(string Person, string Vote, DateTimeOffset At, string Reason);

internal sealed record BrokenGlassView(string Person, DateTimeOffset At, string Reason, string Ticket);

/// <param name="Next">Where the next page begins; null where there is none.</param>
internal sealed record ApprovalList(IReadOnlyList<ApprovalSummary> Items, string? Next, DateTimeOffset AsOf);
