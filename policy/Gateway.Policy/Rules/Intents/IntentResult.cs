using System.Diagnostics.CodeAnalysis;

namespace Gateway.Policy.Rules.Intents;

/// <summary>What reading an intent gave: the intent, or every error. The zero value is neither, and must be taken for a refusal.</summary>
/// <param name="RiskClass">As far as it could be read, in lower case; what a broken intent says it is decides whether it is blocked or an
/// error.</param>
public sealed record IntentResult(RuleIntent? Intent, IReadOnlyList<IntentError> Errors, string RiskClass)
{
    public bool TryGet([NotNullWhen(true)] out RuleIntent? intent) => (intent = Intent) is not null;

    public static IntentResult Refused(string field, string problem) => new(null, [new IntentError(field, problem)], "");
}
