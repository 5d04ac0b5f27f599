using System.Globalization;
using System.Text;
using Gateway.LoadTests.Measuring;
using Gateway.LoadTests.Results;

namespace Gateway.LoadTests.Reports;

/// <summary>A report for a terminal: medians of every target, the ratios, the budgets.</summary>
internal static class TextReport
{
    public static string Render(LoadReport report)
    {
        var text = new StringBuilder();
        text.AppendLine(
            CultureInfo.InvariantCulture,
            $"\n{report.Machine.Processor}, {report.Machine.Cores} cores, {report.Machine.Runtime}; load average "
                + $"{report.Machine.LoadAverage:0.0}"
        );
        foreach (var phase in report.Measurements.GroupBy(m => (m.Scenario, m.Mode)))
        {
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"\n{phase.Key.Scenario}, {LoadModes.NameOf(phase.Key.Mode)}\n  "
                    + $"{"target", -10}{"requests/s", 12}{"cpu us/req", 12}{"p50 ms", 10}{"p99 ms", 10}{"p99.9 ms", 10}"
                    + $"{"failed", 9}"
            );
            foreach (var target in phase.GroupBy(m => m.Target))
            {
                double Median(Func<Measurement, double> of) => Medians.Compute(target.Select(of));
                text.AppendLine(
                    CultureInfo.InvariantCulture,
                    $"  {target.Key.ToString().ToLowerInvariant(), -10}{Median(m => m.PerSecond), 12:0}"
                        + $"{Median(m => m.CpuMicroseconds), 12:0.0}{Median(m => m.P50Ms), 10:0.000}"
                        + $"{Median(m => m.P99Ms), 10:0.000}{Median(m => m.P999Ms), 10:0.000}{target.Max(m => m.FailedShare), 9:P1}"
                );
                if (target.Select(m => m.FirstFailure).FirstOrDefault(f => f is not null) is { } failure)
                {
                    text.AppendLine(CultureInfo.InvariantCulture, $"    first failure: {failure.ReplaceLineEndings(" ")}");
                }
            }
        }

        Ratios(text, report);
        foreach (var (target, why) in report.Skipped)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"skipped {target}: {why}");
        }

        foreach (var series in report.Series)
        {
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"\n{series.Of, -22}{"requests/s", 12}{"cpu us/req", 12}{"p50 ms", 10}{"p99 ms", 10}{"MB", 8}{"failed", 9}"
            );
            foreach (var p in series.Points)
            {
                text.AppendLine(
                    CultureInfo.InvariantCulture,
                    $"{p.At, -22:N0}{p.PerSecond, 12:0}{p.CpuMicroseconds, 12:0.0}{p.P50Ms, 10:0.000}{p.P99Ms, 10:0.000}"
                        + $"{p.Memory / 1e6, 8:0}{p.FailedShare, 9:P1}{Changes(p)}"
                );
            }
        }

        if (report.Flood is { } flood)
        {
            text.Append(Render(flood));
        }

        if (report.Firsts is { } firsts)
        {
            text.Append(Render(firsts));
        }

        if (report.Soak is { } soak)
        {
            text.Append(Render(soak));
        }

        return text.Append(Render(report.Budgets)).ToString();
    }

    private static string Changes(SeriesPoint p) =>
        p.ReadySeconds == 0
            ? ""
            : string.Create(
                CultureInfo.InvariantCulture,
                $"  ready in {p.ReadySeconds:0.0} s, a change in force in {p.InForceSeconds:0.0} s"
            );

    private static string Render(FloodResult flood) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"\nflood of bad signatures: good traffic keeps {flood.KeptShare:P0} of its throughput ({flood.GoodBeside:0} of "
                + $"{flood.GoodAlone:0} a second; capacity {flood.Capacity:0}; {flood.FloodSent:0} of {flood.FloodOffered:0} bad "
                + $"requests a second got out of this machine); must be 80%\n"
        );

    private static string Render(FirstFigures firsts)
    {
        var text = new StringBuilder();
        text.AppendLine(
            CultureInfo.InvariantCulture,
            $"\nwith {firsts.Agents} agents ready after {firsts.ReadySeconds:0.00} s, {firsts.IdleBytes / 1e6:0} MB resident when idle"
        );
        foreach (var (target, ms) in firsts.FirstEventMs)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  first event, {target.ToString().ToLowerInvariant(), -10}{ms, 10:0.000} ms");
        }

        return text.ToString();
    }

    private static string Render(SoakResult soak) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"\nsoak: {soak.Answered} right answers, {soak.Failed} others; {soak.Decisions} decisions on record, {soak.Lost} "
                + $"lost, {soak.Open} without an outcome; {soak.Problem ?? "the journal verifies"}; memory "
                + $"{soak.MemoryGrowth:0.00} and median {soak.P50Growth:0.00} times those of its second quarter\n"
        );

    private static string Render(IReadOnlyList<BudgetRow> rows)
    {
        var text = new StringBuilder("\nbudgets\n");
        foreach (var row in rows)
        {
            var measured = row.Measured?.ToString("0.0000", CultureInfo.InvariantCulture) ?? "not measured";
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"  {(row.Broken ? "BROKEN" : row.Measured is null ? "-" : "met"), -8}{row.Name, -36}{measured, 14}  "
                    + $"{(row.Side == BudgetSide.AtLeast ? ">=" : "<=")} {row.Bound:0.####}"
            );
        }

        return text.ToString();
    }

    private static void Ratios(StringBuilder text, LoadReport report)
    {
        text.AppendLine(
            CultureInfo.InvariantCulture,
            $"\nagainst bare YARP, medians over the rounds\n  {"scenario", -16}{"target", -10}{"throughput", 12}{"cpu", 8}"
                + $"{"+p50 ms", 10}{"+p99 ms", 10}"
        );
        foreach (var (scenario, targets) in report.Scenarios)
        {
            foreach (var (target, r) in targets.Where(t => t.Value.Throughput is not null && t.Key is not "yarp"))
            {
                text.AppendLine(
                    CultureInfo.InvariantCulture,
                    $"  {scenario, -16}{target, -10}{r.Throughput, 12:0.00}{r.Cpu, 8:0.00}{r.P50AddedMs, 10:0.000}{r.P99AddedMs, 10:0.000}"
                );
            }
        }

        text.AppendLine(
            CultureInfo.InvariantCulture,
            $"\non one connection, over the upstream alone\n  {"target", -10}{"+p50 ms", 10}{"+p99 ms", 10}"
        );
        foreach (var (target, r) in report.Ratios.Where(t => t.Value.OneConnectionP50AddedMs is not null && t.Key is not "upstream"))
        {
            text.AppendLine(
                CultureInfo.InvariantCulture,
                $"  {target, -10}{r.OneConnectionP50AddedMs, 10:0.000}{r.OneConnectionP99AddedMs, 10:0.000}"
            );
        }
    }
}
