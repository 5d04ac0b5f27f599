using Gateway.Policy.Model;

namespace Gateway.Policy.Evaluation;

/// <summary>
/// The part of control 6 about what the agent was approved for: its capabilities, its purposes, its hours, the amount of the transaction.
/// </summary>
internal static class PermissionTerms
{
    /// <summary>The first term that doesn't hold; <see cref="ReasonCode.None"/> when all do.</summary>
    public static (ReasonCode Reason, string Inputs) Judge(
        in ActionProfile action,
        ToolPermission permission,
        Facts facts,
        ControlResults results
    )
    {
        var agent = action.Dossier.Agent;
        var operation = action.Operation!;
        if (agent.Capabilities is { } manifest && !manifest.Operations.Contains((action.Intent.Connector, operation.Id)))
        {
            return (ReasonCode.CapabilityUndeclared, "capability=undeclared");
        }

        if (operation.Purposes.Count > 0 && !Shares(agent.Purposes, operation.Purposes))
        {
            return (ReasonCode.PurposeMismatch, "purpose=other");
        }

        if (agent.Hours?.Contains(facts.Now) == false || permission.Hours?.Contains(facts.Now) == false)
        {
            return (ReasonCode.OutsideHours, "hours=outside");
        }

        var reason = Judge(operation.Transaction, action.Intent, results);
        reason = reason == ReasonCode.None ? Judge(permission.Transaction, action.Intent, results) : reason;
        return (reason, reason == ReasonCode.TransactionOverLimit ? "amount=over" : "amount=unreadable");
    }

    private static ReasonCode Judge(TransactionLimit? limit, Intent intent, ControlResults results)
    {
        if (limit is null)
        {
            return ReasonCode.None;
        }

        if (intent.Known is { } known && !ActionReads.PathsOf(limit).All(known.Covers))
        {
            results.Undetermined = true;
            return ReasonCode.TransactionUnreadable;
        }

        return !TransactionAmount.TryRead(limit, intent.Arguments.Span, out var amount) ? ReasonCode.TransactionUnreadable
            : amount > limit.Max ? ReasonCode.TransactionOverLimit
            : ReasonCode.None;
    }

    private static bool Shares(IReadOnlyList<string> declared, IReadOnlyList<string> served)
    {
        for (var i = 0; i < declared.Count; i++)
        {
            for (var j = 0; j < served.Count; j++)
            {
                if (declared[i] == served[j])
                {
                    return true;
                }
            }
        }

        return false;
    }
}
