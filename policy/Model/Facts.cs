namespace Gateway.Policy.Model;

/// <summary>What the evaluator can't read from documents: the run-time state at the moment of judging.</summary>
/// <param name="Status">The agent's lifecycle status in the durable store; null where it says nothing beyond the document. The stricter counts.</param>
public readonly record struct Facts(LifecycleStatus? Status);
