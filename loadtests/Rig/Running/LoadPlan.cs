using Gateway.LoadTests.Results;
using Gateway.LoadTests.Scenarios;

namespace Gateway.LoadTests.Running;

/// <summary>What a run measures, in order.</summary>
/// <param name="Length">Of one stretch of load, where a phase doesn't say otherwise.</param>
internal sealed record LoadPlan(IReadOnlyList<Phase> Phases, TimeSpan Length)
{
    /// <summary>
    /// A machine that others use too changes its speed by the second, by half and more. Short stretches of two targets lie side by side
    /// where long ones don't, and a ratio is the median of more of them.
    /// </summary>
    private const int Pieces = 4;

    /// <summary>Longer ones where latencies count: what comes once a second, such as a collection or a signed head, is in each.</summary>
    private const int Halves = 2;

    /// <value>At the maximum and at half load.</value>
    public int Connections { get; init; } = 32;

    /// <value>For each target, before anything is measured: until the compiler has seen what is hot. A quarter of it for each further
    /// scenario.</value>
    public TimeSpan WarmUp { get; init; } = TimeSpan.FromSeconds(6);

    /// <summary>
    /// The maximum of each scenario, of the others shorter than of the first; half load and one connection for the first, whose added
    /// latency has budgets.
    /// </summary>
    /// <param name="length">Of one stretch of the first scenario.</param>
    public static LoadPlan Create(IReadOnlyList<Scenario> scenarios, TimeSpan length, int rounds)
    {
        var first = scenarios[0];
        return new LoadPlan(
            [
                new Phase(first, LoadMode.Maximum, length / Pieces, rounds * Pieces),
                new Phase(first, LoadMode.HalfLoad, length / Halves, rounds * Halves),
                new Phase(first, LoadMode.OneConnection, length / 2 / Halves, rounds * Halves),
                .. scenarios.Skip(1).Select(scenario => new Phase(scenario, LoadMode.Maximum, length / 3, Math.Min(3, rounds))),
            ],
            length
        );
    }
}

/// <summary>One scenario in one mode, over all targets in turn, several times over.</summary>
public sealed record Phase(Scenario Scenario, LoadMode Mode, TimeSpan Length, int Rounds);
