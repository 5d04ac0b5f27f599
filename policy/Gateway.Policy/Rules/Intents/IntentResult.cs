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

/// <summary>One thing wrong with an intent: where in it, and what. Holds nothing that the caller wrote but names of fields.</summary>
public sealed record IntentError(string Field, string Problem)
{
    public override string ToString() => Field.Length == 0 ? Problem : $"{Field}: {Problem}";
}

/// <summary>Collects what is wrong with an intent. Not thread-safe.</summary>
public sealed class IntentErrors
{
    private const int MaxShown = 100;

    private readonly List<IntentError> _errors = [];

    public bool Any => _errors.Count > 0;

    public IReadOnlyList<IntentError> All => _errors;

    public void Add(string field, string problem)
    {
        if (_errors.Count < MaxShown)
        {
            _errors.Add(new IntentError(field, problem));
        }
    }
}
