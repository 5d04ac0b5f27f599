namespace Gateway.Policy.Model;

/// <summary>What the evaluator can't read from documents: the run-time state at the moment of judging.</summary>
/// <param name="Status">The agent's lifecycle status in the durable store; null where it says nothing beyond the document. The stricter
/// counts.</param>
/// <param name="Now">The moment of judging. The zero value is no moment: whatever depends on the time then fails.</param>
/// <param name="Level">The level that the agent was demoted to at run time; null for no demotion. It can only lower.</param>
public readonly record struct Facts(LifecycleStatus? Status, DateTimeOffset Now = default, AtfLevel? Level = null);
