using Gateway.LoadTests.Generating;
using Gateway.LoadTests.Measuring;
using Gateway.LoadTests.Results;
using Gateway.LoadTests.Scenarios;
using Gateway.LoadTests.Targets;

namespace Gateway.LoadTests.Running;

/// <summary>Puts one stretch of load on one target, and reads what it cost.</summary>
internal static class TargetLoad
{
    /// <summary>Until a first answer is right: a signature only counts some seconds after Gateway's start.</summary>
    private static readonly TimeSpan ReadyDeadline = TimeSpan.FromSeconds(30);

    public static Measurement Measure(Target target, Phase phase, int round, int connections, double perSecond)
    {
        var workers = target.Workers(phase.Scenario, phase.Mode == LoadMode.OneConnection ? 1 : connections);
        try
        {
            foreach (var worker in workers)
            {
                worker.Connect();
            }

            var before = target.CpuSeconds;
            var result =
                phase.Mode == LoadMode.HalfLoad
                    ? LoadGenerator.Open(workers, phase.Length, perSecond)
                    : LoadGenerator.Closed(workers, phase.Length);
            return Describe(target, phase, round, result, target.CpuSeconds - before);
        }
        finally
        {
            Close(workers);
        }
    }

    /// <summary>Waits until a target answers rightly, then makes it warm. Gives how many right answers there were.</summary>
    /// <exception cref="TargetException">It doesn't; the message says what it answered instead.</exception>
    public static long WarmUp(Target target, Scenario scenario, TimeSpan length, int connections)
    {
        var since = TimeProvider.System.GetTimestamp();
        LoadResult first;
        do
        {
            first = Closed(target, scenario, TimeSpan.FromMilliseconds(50), 1);
            if (first.Succeeded == 0 && TimeProvider.System.GetElapsedTime(since) > ReadyDeadline)
            {
                throw new TargetException($"{target.Name} never answered '{scenario.Name}' rightly: {first.FirstFailure}");
            }
        } while (first.Succeeded == 0);

        return first.Succeeded + Closed(target, scenario, length, connections).Succeeded;
    }

    public static LoadResult Closed(Target target, Scenario scenario, TimeSpan length, int connections)
    {
        var workers = target.Workers(scenario, connections);
        try
        {
            return LoadGenerator.Closed(workers, length);
        }
        finally
        {
            Close(workers);
        }
    }

    public static Measurement Describe(Target target, Phase phase, int round, LoadResult result, double cpuSeconds) =>
        new()
        {
            Scenario = phase.Scenario.Name,
            Mode = phase.Mode,
            Target = target.Name,
            Round = round,
            Requests = result.Succeeded,
            FailedShare = result.FailedShare,
            FirstFailure = result.FirstFailure,
            PerSecond = result.PerSecond,
            CpuMicroseconds = result.Succeeded > 0 ? cpuSeconds * 1e6 / result.Succeeded : 0,
            P50Ms = result.Latency.Milliseconds(0.5),
            P99Ms = result.Latency.Milliseconds(0.99),
            P999Ms = result.Latency.Milliseconds(0.999),
            MaxMs = result.Latency.Milliseconds(1),
            Memory = target.Memory,
        };

    private static void Close(IEnumerable<LoadWorker> workers)
    {
        foreach (var worker in workers)
        {
            worker.Dispose();
        }
    }
}
