namespace Gateway.Policy.Model;

/// <summary>How far an agent may delegate. Read and checked; not enforced yet, since no agent can have children yet.</summary>
/// <param name="Depth">Generations below the agent, from 0 to 8.</param>
/// <param name="FanOut">Children alive at once of one parent, from 0 to 1,000.</param>
public sealed record ChildLimits(int Depth, int FanOut);
