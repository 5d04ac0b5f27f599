using Gateway.Policy.Rules.Intents;

namespace Gateway.Policy.Rules.Evaluation;

/// <summary>
/// A compiled condition. Thread-safe and without side effects; whatever it throws counts as <see cref="ConditionAnswer.Error"/>.
/// </summary>
public delegate ConditionAnswer RuleCondition(RuleIntent intent, RuleFacts facts);

/// <summary>What evaluating a rule's condition gave. Unset is an error.</summary>
public enum ConditionAnswer
{
    /// <summary>It couldn't be evaluated: an allow rule doesn't apply then, and a restricting rule does.</summary>
    Error = 0,
    False = 1,
    True = 2,
}
