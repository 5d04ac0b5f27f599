using Gateway.Policy.Model;

namespace Gateway.Proxy.Identity;

/// <summary>What the durable store says about an agent, beyond its document.</summary>
/// <param name="Status">Null where it says nothing.</param>
/// <param name="Level">The level that it was demoted to; null for no demotion.</param>
public readonly record struct AgentStanding(LifecycleStatus? Status, AtfLevel? Level);
