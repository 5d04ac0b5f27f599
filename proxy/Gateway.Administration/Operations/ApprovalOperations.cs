using Gateway.Administration.Calls;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Evaluation;
using Gateway.Policy.Model;

namespace Gateway.Administration.Operations;

/// <summary>What people are asked to approve: the same approvals that the agents wait for.</summary>
internal static class ApprovalOperations
{
    public static async Task<IResult> ListAsync(OperatorCall call, string? limit, string? cursor, string? state)
    {
        if (PageCursor.Read(limit, cursor, out var most, out var after) is { } problem)
        {
            return problem;
        }

        var wanted = ApprovalState.Unknown;
        if (state is not null && (!Enum.TryParse(state, ignoreCase: true, out wanted) || wanted == ApprovalState.Unknown))
        {
            return Problem.Invalid("state", $"'{state}' is no state.", "Say pending, approved, denied, expired, consumed or revoked.");
        }

        var found = await call.Approvals().PageAsync(call.Tenant, call.Now, wanted, after, most + 1, call.Cancelled);
        var shown = found.Take(most).ToList();
        return Results.Json(
            new ApprovalList(
                [.. shown.Select(one => ApprovalSummary.Of(call, one))],
                found.Count > most ? PageCursor.Write(shown[^1].At, shown[^1].Id) : null,
                call.Now
            )
        );
    }

    public static async Task<IResult> FindAsync(OperatorCall call, string id) =>
        await LookUpAsync(call, call.Approvals(), id) is { } found ? Results.Json(ApprovalSummary.Of(call, found)) : Missing;

    /// <summary>The bytes themselves: what is hashed is what is shown.</summary>
    public static async Task<IResult> ViewAsync(OperatorCall call, string id)
    {
        if (await LookUpAsync(call, call.Approvals(), id) is not { } found)
        {
            return Missing;
        }

        await call.Services.AnnounceAsync(call.Tenant, GovernedChange.ViewRead, found.Id, call.Origin(""), call.Cancelled);
        return Results.Bytes(System.Text.Encoding.UTF8.GetBytes(found.View), "application/json");
    }

    public static async Task<IResult> VoteAsync(OperatorCall call, string id, VoteBody body)
    {
        if (body.Vote is not ("approve" or "deny"))
        {
            return Problem.Invalid("vote", "A vote is 'approve' or 'deny'.", "Say which.");
        }

        if (ReasonText.Check(body.Reason) is { } problem)
        {
            return problem;
        }

        var approvals = call.Approvals(body.Reason);
        if (await LookUpAsync(call, approvals, id) is not { } found)
        {
            return Missing;
        }

        var person = call.Who.Operator.Person;
        if (!MayDecide(call, found, person))
        {
            return Problem.Forbidden(
                "not_an_approver",
                $"'{person}' doesn't decide about {found.Id}: the members of its groups do, without the agent's owners.",
                "An ApproverGroup document says who they are; the operator's 'person' must be one of its members."
            );
        }

        var vote = new ApprovalVote(person, body.Vote == "approve", body.ViewSha256, call.Now, body.Reason);
        var (outcome, after) = await approvals.VoteAsync(call.Tenant, found.Id, vote, call.Cancelled);
        return outcome == VoteOutcome.Counted ? Results.Json(ApprovalSummary.Of(call, after!)) : Uncounted(outcome, found.Id);
    }

    public static async Task<IResult> RevokeAsync(OperatorCall call, string id, ReasonBody body)
    {
        if (ReasonText.Check(body.Reason) is { } problem)
        {
            return problem;
        }

        var approvals = call.Approvals(body.Reason);
        if (await LookUpAsync(call, approvals, id) is not { } found)
        {
            return Missing;
        }

        if (!call.Who.Roles.HasFlag(OperatorRoles.SecurityAdmin) && !MayDecide(call, found, call.Who.Operator.Person))
        {
            return Problem.Forbidden("not_an_approver", "You aren't one of those who decide about it.", "Have a security-admin do it.");
        }

        return
            await approvals.RevokeAsync(call.Tenant, found.Id, call.Now, call.Cancelled)
            && await LookUpAsync(call, approvals, id) is { } after
            ? Results.Json(ApprovalSummary.Of(call, after))
            : Uncounted(VoteOutcome.Ended, found.Id);
    }

    /// <summary>By the documents as they are now; whether it is enough is judged once more when it is used.</summary>
    internal static bool MayDecide(OperatorCall call, ApprovalRecord asked, string person) =>
        call.Documents is { } documents && ApprovalCheck.MayApprove(documents, asked.Agent, asked.Gates, person);

    internal static bool Owns(OperatorCall call, ApprovalRecord asked, string person) =>
        AgentOperations.Find(call, asked.Agent)?.Agent.IsOwnedBy(PersonName.Of(person)) == true;

    internal static Task<ApprovalRecord?> LookUpAsync(OperatorCall call, Connectors.Stores.ApprovalStore store, string id) =>
        store.FindAsync(call.Tenant, id, call.Now, call.Cancelled);

    internal static Problem Missing => Problem.NotFound("such approval");

    internal static Problem Uncounted(VoteOutcome outcome, string id) =>
        outcome switch
        {
            VoteOutcome.Repeated => Problem.Conflict("already_voted", $"You have voted on {id} before.", "One person has one vote."),
            VoteOutcome.OfAnotherView => Problem.Conflict(
                "view_changed",
                $"{id} isn't what was shown under that digest.",
                "Look at it again: GET /admin/v1/approvals/{id}/view."
            ),
            VoteOutcome.TooOften => Problem.Conflict(
                "too_often",
                "You had as many emergencies in 24 hours as one person may have.",
                "Have it approved, or have another of those whom its gate names for that do it."
            ),
            VoteOutcome.Ended or VoteOutcome.Counted => Problem.Conflict(
                "ended",
                $"There is nothing to decide about {id} any more.",
                "Have the agent ask again."
            ),
            VoteOutcome.Unknown => Missing,
        };
}

/// <param name="Vote"><c>approve</c> or <c>deny</c>.</param>
/// <param name="ViewSha256">Of the bytes of the view that was shown, in hexadecimal digits.</param>
internal sealed record VoteBody(string Vote, string ViewSha256, string Reason);
