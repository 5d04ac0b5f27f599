using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;
using Gateway.Proxy.Configuration;
using Gateway.Proxy.Decisions;

namespace Gateway.Proxy.Approvals;

/// <summary>
/// What an agent is told where an approval doesn't let its action go ahead, or not yet: who decides, where, and what to do.
/// </summary>
public sealed class ApprovalRefusals(ConsoleAddress console)
{
    /// <summary>Why an approval that the call presents can't be for it; null where it can.</summary>
    /// <param name="found">Null where the tenant has none such. Another agent's is told like that, so that nobody learns of it.</param>
    internal static Refusal? Against(string presented, ApprovalRecord? found, string agent, string action) =>
        found?.Agent != agent
            ? new(ReasonCode.ApprovalRequired, $"This agent has no approval '{presented}'. Leave Gateway-Approval out to ask for one.")
        : found.Action != action
            ? new(
                ReasonCode.ApprovalRequired,
                $"{presented} is of another action: other arguments, another target, or documents that changed since. It is good for "
                    + "exactly what was shown. Leave Gateway-Approval out to ask for this one."
            )
        : null;

    /// <param name="isPresented">Whether the call named it, so that nothing else is asked for.</param>
    internal Refusal Tell(Judgement judgement, ApprovalRecord asked, bool isPresented)
    {
        var groups = string.Join(" or ", judgement.Decision.Approvals.SelectMany(gate => gate.ApproverGroups).Distinct());
        var anew = isPresented ? "Leave Gateway-Approval out to ask anew." : "Repeat the identical call to ask anew.";
        return (
            asked.State switch
            {
                ApprovalState.Pending => new Refusal(
                    ReasonCode.ApprovalRequired,
                    $"{groups} can approve {asked.Id} until {InstantText.Of(asked.Ends)}: {Where(judgement, asked.Id)}. Then repeat the "
                        + "identical call."
                ),
                ApprovalState.Denied => new Refusal(ReasonCode.ApprovalRequired, $"{groups} said no to {asked.Id}."),
                ApprovalState.Approved => new Refusal(
                    ReasonCode.ApprovalRequired,
                    $"{asked.Id} was given and can't be used by this call: another used it, it isn't enough for what counts now, or "
                        + "documents changed while the call waited. Repeat the identical call."
                ),
                ApprovalState.Consumed when isPresented => new Refusal(
                    ReasonCode.ApprovalAlreadyUsed,
                    $"{asked.Id} was used by the decision {asked.UsedBy}. {anew}"
                ),
                _ => new Refusal(ReasonCode.ApprovalRequired, $"{asked.Id} is {ApprovalStates.Text(asked.State)}. {anew}"),
            }
        ) with
        {
            Approval = NoticeOf(judgement, asked),
        };
    }

    private static ApprovalNotice NoticeOf(Judgement judgement, ApprovalRecord asked)
    {
        var envelope = judgement.Read.Envelope;
        return new(asked.Id, $"{envelope.Scheme}://{envelope.Authority}/v1/agent/approvals/{asked.Id}", asked.Ends);
    }

    private string Where(Judgement judgement, string id)
    {
        var command = $"'gateway approvals show {id} --tenant {judgement.Read.Intent.Tenant}'";
        return console.PageOf(id) is { Length: > 0 } page ? $"{page} or {command}" : command;
    }
}
