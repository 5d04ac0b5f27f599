using Gateway.Administration.Calls;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Evaluation;

namespace Gateway.Administration.Operations;

/// <summary>
/// In an emergency one person lets one action go ahead alone, where its gate names them for that. It opens an incident, and lifts nothing
/// but the missing approval.
/// </summary>
internal static class BreakGlassOperations
{
    private const int LongestTicket = 200;

    public static async Task<IResult> BreakAsync(OperatorCall call, string id, BreakGlassBody body)
    {
        if ((ReasonText.Check(body.Reason) ?? CheckTicket(body.Ticket)) is { } problem)
        {
            return problem;
        }

        var approvals = call.Approvals(body.Reason);
        if (await ApprovalOperations.LookUpAsync(call, approvals, id) is not { } found)
        {
            return ApprovalOperations.Missing;
        }

        // By the documents as they are now; whether it is enough is judged once more when it is used.
        var person = call.Who.Operator.Person;
        var perDay = call.Documents is { } documents ? ApprovalCheck.BreaksPerDay(documents, found.Agent, found.Gates, person) : 0;
        if (perDay == 0)
        {
            return Problem.Forbidden(
                "not_named",
                $"'{person}' isn't one of those who may let {found.Id} go ahead in an emergency.",
                "Its gate's breakGlass names them, and none of the agent's owners counts: have one of them do it, or have it approved."
            );
        }

        var glass = new BrokenGlass(person, body.ViewSha256, call.Now, body.Reason, body.Ticket.Trim());
        var (outcome, after) = await approvals.BreakGlassAsync(call.Tenant, found.Id, glass, perDay, call.Cancelled);
        return outcome == VoteOutcome.Counted
            ? Results.Json(ApprovalSummary.Of(call, after!))
            : ApprovalOperations.Uncounted(outcome, found.Id);
    }

    private static Problem? CheckTicket(string ticket) =>
        ticket.Trim().Length is 0 or > LongestTicket || ticket.Any(char.IsControl)
            ? Problem.Invalid(
                "ticket",
                "An emergency needs a ticket.",
                $"Say in 'ticket' where it is dealt with, in 1 to {LongestTicket} characters."
            )
            : null;
}

/// <param name="ViewSha256">Of the bytes of the view that was shown, in hexadecimal digits.</param>
/// <param name="Ticket">Where the emergency is dealt with.</param>
internal sealed record BreakGlassBody(string ViewSha256, string Reason, string Ticket);
