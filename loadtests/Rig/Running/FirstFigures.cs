using Gateway.LoadTests.Targets;

namespace Gateway.LoadTests.Running;

/// <summary>What counts once: until a process is ready, what it takes while nobody asks it, and until a stream shows something.</summary>
/// <param name="Agents">In the governance that it starts with.</param>
/// <param name="ReadySeconds">From the process' start until its port is open, which is when it is ready; the median.</param>
/// <param name="IdleBytes">Resident, two seconds later, without a request; the median.</param>
/// <param name="FirstEventMs">By target: from sending until the first bytes of a streamed answer's body, on one connection; medians of
/// medians over the rounds.</param>
public sealed record FirstFigures(int Agents, double ReadySeconds, double IdleBytes, IReadOnlyDictionary<TargetName, double> FirstEventMs);
