using Gateway.LoadTests.Scenarios;

namespace Gateway.LoadTests.Running;

/// <summary>What a run measures, in order.</summary>
/// <param name="WarmUp">For each target, before anything is measured: until the compiler has seen what is hot.</param>
internal sealed record LoadPlan(IReadOnlyList<Phase> Phases, int Connections, TimeSpan WarmUp)
{
    /// <summary>The maximum of each scenario, shorter for all but the first; then half load and one connection for the first, whose added latency has budgets.</summary>
    /// <param name="length">Of one stretch of the first scenario.</param>
    public static LoadPlan Of(IReadOnlyList<Scenario> scenarios, TimeSpan length, int rounds, int connections)
    {
        var first = scenarios[0];
        return new LoadPlan(
        [
            new Phase(first, LoadMode.Maximum, length, rounds),
            new Phase(first, LoadMode.HalfLoad, length, rounds),
            new Phase(first, LoadMode.OneConnection, length / 2, rounds),
            .. scenarios.Skip(1).Select(scenario => new Phase(scenario, LoadMode.Maximum, length / 2, Math.Min(3, rounds))),
        ], connections, length * 2);
    }
}
