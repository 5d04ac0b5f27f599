using System.Diagnostics;
using Gateway.LoadTests.Client;
using Gateway.LoadTests.Measuring;
using Gateway.LoadTests.Results;
using Gateway.LoadTests.Scenarios;
using Gateway.LoadTests.Targets;

namespace Gateway.LoadTests.Running;

/// <summary>Measures <see cref="FirstFigures"/>.</summary>
/// <param name="length">Of one stretch of streamed calls on one target.</param>
internal sealed class Firsts(TargetSet targets, TimeSpan length, TimeSpan warmUp)
{
    private const int Agents = 1_000;

    /// <value>Starts, and rounds over the targets.</value>
    public int Times { get; init; } = 5;

    /// <summary>Until what starting left behind is collected and the compiler is done with it.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(2);

    public async Task<FirstFigures> RunAsync(CancellationToken cancellationToken)
    {
        var (ready, idle) = (new List<double>(), new List<double>());
        for (var i = 0; i < Times; i++)
        {
            await using var gateway = await targets.StartGatewayAsync(Agents, rules: 0);
            ready.Add(gateway.ReadyAfter.TotalSeconds);
            await Task.Delay(Settling, cancellationToken);
            idle.Add(gateway.Memory);
        }

        return new FirstFigures(Agents, Medians.Compute(ready), Medians.Compute(idle), FirstEvents(cancellationToken));
    }

    private Dictionary<TargetName, double> FirstEvents(CancellationToken cancellationToken)
    {
        var streaming = targets.Targets.Where(target => target.Runs(ScenarioList.StreamedModel)).ToList();
        foreach (var target in streaming)
        {
            TargetLoad.WarmUp(target, ScenarioList.StreamedModel, warmUp, connections: 4);
        }

        var rounds = streaming.ToDictionary(target => target.Name, _ => new List<double>());
        for (var round = 0; round < Times; round++)
        {
            foreach (var target in streaming)
            {
                cancellationToken.ThrowIfCancellationRequested();
                rounds[target.Name].Add(FirstEvent(target));
            }
        }

        return rounds.ToDictionary(target => target.Key, target => Medians.Compute(target.Value));
    }

    /// <returns>The median, milliseconds.</returns>
    private double FirstEvent(Target target)
    {
        var scenario = ScenarioList.StreamedModel;
        var (request, check) = (scenario.Prepare(target.Address, target.Agents, target.ExtraHeaders), scenario.Check(target.Governed));
        using var connection = new Connection(target.Address);
        var latency = Latencies.New();
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < length)
        {
            var next = request.Next();
            var sent = Stopwatch.GetTimestamp();
            var answer = connection.Exchange(next);
            if (!check.Passes(answer))
            {
                throw new TargetException($"{target.Name} answered '{scenario.Name}' wrongly: {check.Complaint(answer)}");
            }

            latency.Record(Stopwatch.GetElapsedTime(sent, connection.FirstOfBody));
        }

        return latency.Milliseconds(0.5);
    }
}
