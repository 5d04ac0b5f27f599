using Gateway.LoadTests.Measuring;
using Gateway.LoadTests.Results;
using Gateway.LoadTests.Targets;

namespace Gateway.LoadTests.Running;

/// <summary>
/// Measures every phase on every target in turn (A B C, then A B C again …), so that what else the machine does falls on all of them, and a
/// ratio is always of two stretches that lie side by side.
/// </summary>
internal sealed class LoadRun(TargetSet targets, LoadPlan plan, TextWriter progress)
{
    private readonly List<Measurement> _measurements = [];

    /// <exception cref="OperationCanceledException">Between two stretches.</exception>
    public IReadOnlyList<Measurement> Run(CancellationToken cancellationToken)
    {
        var scenarios = plan.Phases.Select(phase => phase.Scenario).Distinct().ToList();
        foreach (var scenario in scenarios)
        {
            foreach (var target in targets.Targets.Where(target => target.Runs(scenario)))
            {
                cancellationToken.ThrowIfCancellationRequested();
                TargetLoad.WarmUp(target, scenario, scenario == scenarios[0] ? plan.WarmUp : plan.WarmUp / 4, plan.Connections);
            }
        }

        foreach (var phase in plan.Phases)
        {
            progress.WriteLine(
                $"{phase.Scenario.Name}, {LoadModes.NameOf(phase.Mode)}: {phase.Rounds} rounds of {phase.Length.TotalSeconds:0.#} s"
            );
            var half = HalfLoad(phase);
            for (var round = 0; round < phase.Rounds; round++)
            {
                foreach (var target in targets.Targets.Where(target => target.Runs(phase.Scenario)))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    _measurements.Add(
                        TargetLoad.Measure(target, phase, round, plan.Connections, Math.Min(half, Maximum(phase, target.Name) / 2))
                    );
                }
            }
        }

        return _measurements;
    }

    /// <summary>Half of what the slowest of the Gateways can do, and of bare YARP where there is none.</summary>
    private double HalfLoad(Phase phase)
    {
        if (phase.Mode != LoadMode.HalfLoad)
        {
            return double.MaxValue;
        }

        var governed = targets.Targets.Where(target => target.Governed).Select(target => Maximum(phase, target.Name)).ToList();
        return (governed.Count > 0 ? governed.Min() : targets.Targets.Min(target => Maximum(phase, target.Name))) / 2;
    }

    private double Maximum(Phase phase, TargetName name)
    {
        var measured = _measurements
            .Where(m => m.Mode == LoadMode.Maximum && m.Target == name && m.Scenario == phase.Scenario.Name)
            .Select(m => m.PerSecond)
            .ToList();
        return measured.Count > 0 ? Medians.Compute(measured) : 0;
    }
}
