using Gateway.Cel.Values;

namespace Gateway.Policy.Rules.Evaluation;

/// <summary>
/// What must be so for a rule's condition to be anything but false: where the subject has a value that equals none of the constants, the
/// rule isn't about the action.
/// </summary>
/// <param name="Constants">Each is one that <see cref="ConstantTable.Takes"/> knows; none where the condition never holds.</param>
public sealed record RuleGuard(RuleSubject Subject, IReadOnlyList<CelValue> Constants);

/// <summary>Something of an action that conditions compare with constants.</summary>
/// <param name="Key">Tells which: subjects with equal keys have the same value.</param>
/// <param name="Read">Its value; an error, or unset, where it can't be told. Thread-safe and without side effects; doesn't throw.</param>
public sealed record RuleSubject(object Key, Func<RuleFacts, CelValue> Read)
{
    public bool Equals(RuleSubject? other) => other is not null && Key.Equals(other.Key);

    public override int GetHashCode() => Key.GetHashCode();
}
