using Gateway.LoadTests.Scenarios;

namespace Gateway.LoadTests.Running;

/// <summary>What a run measures, in order.</summary>
internal sealed record LoadPlan(IReadOnlyList<Phase> Phases)
{
    /// <value>At the maximum and at half load.</value>
    public int Connections { get; init; } = 32;

    /// <value>For each target, before anything is measured: until the compiler has seen what is hot. A quarter of it for each further scenario.</value>
    public TimeSpan WarmUp { get; init; } = TimeSpan.FromSeconds(6);

    /// <summary>The maximum of each scenario, shorter for all but the first; then half load and one connection for the first, whose added latency has budgets.</summary>
    /// <param name="length">Of one stretch of the first scenario.</param>
    public static LoadPlan Of(IReadOnlyList<Scenario> scenarios, TimeSpan length, int rounds)
    {
        var first = scenarios[0];
        return new LoadPlan(
        [
            new Phase(first, LoadMode.Maximum, length, rounds),
            new Phase(first, LoadMode.HalfLoad, length, rounds),
            new Phase(first, LoadMode.OneConnection, length / 2, rounds),
            .. scenarios.Skip(1).Select(scenario => new Phase(scenario, LoadMode.Maximum, length / 2, Math.Min(3, rounds))),
        ]);
    }
}
