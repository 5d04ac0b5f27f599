using Gateway.Policy.Model;

namespace Gateway.Policy.Evaluation;

/// <summary>Puts the decisions about the parts of one action together.</summary>
internal static class Strictest
{
    /// <summary>
    /// One decision that is at least as strict as either in everything: the stricter verdict with its reasons first, and the obligations of
    /// both. The path is the stricter one's.
    /// </summary>
    public static Decision Of(Decision one, Decision other)
    {
        var (strict, lax) = other.Verdict < one.Verdict ? (other, one) : (one, other);
        return strict with
        {
            Severity = strict.Severity <= lax.Severity ? strict.Severity : lax.Severity,
            Reasons = [.. strict.Reasons.Union(lax.Reasons)],
            Obligations = strict.Obligations.Merge(lax.Obligations),
            Approvals = [.. strict.Approvals.Union(lax.Approvals)],
            Rules = [.. strict.Rules, .. lax.Rules],
            ApprovalsNeeded = Math.Max(strict.ApprovalsNeeded, lax.ApprovalsNeeded),
            Level = strict.Level < lax.Level ? strict.Level : lax.Level,
            Undetermined = strict.Undetermined || lax.Undetermined,
            Reads = strict.Reads == Reads.None || lax.Reads == Reads.None ? Reads.None : strict.Reads | lax.Reads,
            OpensIncident = strict.OpensIncident || lax.OpensIncident,
        };
    }
}
