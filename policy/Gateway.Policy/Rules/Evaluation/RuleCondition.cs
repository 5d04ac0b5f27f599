using Gateway.Policy.Rules.Intents;

namespace Gateway.Policy.Rules.Evaluation;

/// <summary>
/// A compiled condition. Thread-safe and without side effects; whatever it throws counts as <see cref="ConditionAnswer.Error"/>.
/// </summary>
public delegate ConditionAnswer RuleCondition(RuleIntent intent, RuleFacts facts);
