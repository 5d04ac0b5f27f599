using Gateway.Gait.Governing;
using Gateway.Gait.Traces;
using Gateway.Policy.Model;
using Gateway.Policy.Rules;
using Gateway.Policy.Rules.Evaluation;
using Gateway.Policy.Rules.Intents;

namespace Gateway.Gait.Serving;

/// <summary>What came of a call, bound to its run, and blocked where a rule asks for something that isn't proven here.</summary>
internal static class BoundSubject
{
    private const string RunPrefix = "run_mcp_";
    private const int RunDigits = 12;

    public static TraceSubject Bind(TraceSubject subject, string runId, RuleIntent intent)
    {
        var bound = subject with
        {
            RunId =
                runId.Length > 0 ? runId
                : intent.Context.RunId.Length > 0 ? intent.Context.RunId
                : RunPrefix + subject.IntentDigest.ToString()[..RunDigits],
        };
        return Unmet(subject.Outcome) is { } unmet
            ? bound with
            {
                Verdict = Verdict.Block,
                ReasonCodes = [.. subject.ReasonCodes.Append(unmet).Order(StringComparer.Ordinal)],
                Violations = [.. subject.Violations.Append(unmet).Order(StringComparer.Ordinal)],
            }
            : bound;
    }

    /// <summary>The same, judged by the agent's governance too: it can only become stricter.</summary>
    public static TraceSubject Tighten(TraceSubject subject, GovernedVerdict governed) =>
        subject with
        {
            Verdict = RuleVerdicts.Stricter(subject.Verdict, governed.Verdict),
            ReasonCodes = CodeList.Merge(subject.ReasonCodes, governed.ReasonCodes),
            Violations = CodeList.Merge(subject.Violations, governed.Violations),
        };

    /// <summary>
    /// What else must hold for an outcome, and can't be proven here; null for nothing. A limit that isn't counted is a limit that isn't
    /// kept.
    /// </summary>
    private static string? Unmet(RuleOutcome outcome) =>
        outcome.Verdict != Verdict.Allow ? null
        : outcome.RateLimits.Count > 0 || outcome.DestructiveBudgets.Count > 0 ? "limit_not_enforceable_here"
        : outcome.RequireDelegation ? "delegation_token_missing"
        : outcome.Broker.Required ? "broker_credential_required"
        : null;
}
