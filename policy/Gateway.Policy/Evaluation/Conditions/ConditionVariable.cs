using Gateway.Cel.Values;

namespace Gateway.Policy.Evaluation.Conditions;

/// <summary>One name that a condition may read.</summary>
/// <param name="Means">For the documentation.</param>
/// <param name="Read">Its value for an action; unset where it has none, which is an error where it is read.</param>
public sealed record ConditionVariable(string Name, CelType Type, string Means, Func<ActionProfile, CelValue> Read);
