namespace Gateway.Policy.Rules.Evaluation;

/// <summary>What the steps of a script came to.</summary>
/// <param name="Steps">One a step, in their order.</param>
/// <param name="CompositeRiskClass"><c>low</c>, <c>medium</c> or <c>high</c>: the highest of the steps.</param>
public sealed record ScriptOutcome(IReadOnlyList<RuleOutcome> Steps, string CompositeRiskClass);
