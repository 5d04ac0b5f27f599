using Gateway.LoadTests.Reports;
using Gateway.LoadTests.Scenarios;
using Gateway.LoadTests.Targets;

namespace Gateway.LoadTests.Running;

/// <summary>One run of the rig, from the targets' start to their end.</summary>
internal static class LoadSession
{
    /// <exception cref="TargetException">Something couldn't be measured.</exception>
    /// <exception cref="OperationCanceledException">Somebody ended it.</exception>
    public static async Task<LoadReport> RunAsync(LoadOrder order, TextWriter progress, CancellationToken cancellationToken)
    {
        await using var targets = await TargetSet.StartAsync(order.Targets, order.Gateway);
        var measurements = new LoadRun(targets, order.Plan, progress).Run(cancellationToken);
        var report = LoadReport.Create(measurements, targets.Skipped.ToDictionary(s => s.Key.ToString().ToLowerInvariant(), s => s.Value));
        var (length, connections) = (order.Plan.Length, order.Plan.Connections);
        if (order.Flood && targets.Find(TargetName.Embedded) is { } flooded)
        {
            progress.WriteLine("flood of bad signatures");
            TargetLoad.WarmUp(flooded, ScenarioList.SignedModel, length, connections);
            TargetLoad.WarmUp(flooded, ScenarioList.Forged, length, connections);
            report = report with { Flood = Flood.Run(flooded, length * 2, connections) };
        }

        if (order.Firsts)
        {
            progress.WriteLine("starts, idle memory, first events");
            report = report with { Firsts = await new Firsts(targets, length / 2, order.Plan.WarmUp).RunAsync(cancellationToken) };
        }

        if (order.Growth)
        {
            progress.WriteLine(await CrossCheck.RunAsync(targets.Targets[0], length, connections, cancellationToken));
            report = report with
            {
                Series = await new Growth(targets, length, order.Plan.WarmUp, connections, progress).RunAsync(cancellationToken),
            };
        }

        if (order.Soak > TimeSpan.Zero)
        {
            progress.WriteLine($"soak for {order.Soak}, {order.SoakRate:0} requests a second");
            var (soak, series) = await Soak.RunAsync(targets, order.Soak, order.SoakRate, connections, cancellationToken);
            report = report with { Soak = soak, Series = [.. report.Series, series] };
        }

        return report;
    }
}
