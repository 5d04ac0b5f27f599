using Gateway.Policy.Model;
using Gateway.Policy.Rules.Evaluation;

namespace Gateway.Authoring.Cases;

/// <summary>What was decided about one action, in the words that cases want things in. Immutable.</summary>
public sealed record CaseAnswer(
    Verdict Verdict,
    IReadOnlyList<string> Reasons,
    IReadOnlyList<string> Rules,
    IReadOnlyList<string> Codes,
    Obligations Obligations
)
{
    public static CaseAnswer From(Decision decision)
    {
        ArgumentNullException.ThrowIfNull(decision);
        return new CaseAnswer(
            decision.Verdict,
            [.. decision.Reasons.Select(reason => Policy.Model.Reasons.Of(reason).Code)],
            [.. decision.Rules.SelectMany(entry => entry.Rules.Select(rule => $"{entry.Policy}/{rule}"))],
            [.. decision.Rules.SelectMany(entry => entry.ReasonCodes.Concat(entry.Violations)).Distinct(StringComparer.Ordinal)],
            decision.Obligations
        );
    }

    /// <summary>An intent that can't be judged at all has no reason code; it gets one here, so that a case can want it.</summary>
    public static CaseAnswer From(RuleOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        return new CaseAnswer(
            outcome.Verdict,
            outcome.Errors.Count > 0 ? [UnreadableIntent] : outcome.ReasonCodes,
            outcome.MatchedRules,
            outcome.Violations,
            outcome.Obligations
        );
    }

    /// <summary>The reason of an intent that rules can't judge.</summary>
    public const string UnreadableIntent = "intent_invalid";
}
