using System.Globalization;
using System.Net;
using System.Text;
using Gateway.LoadTests.Measuring;
using Gateway.LoadTests.Results;
using Gateway.LoadTests.Targets;

namespace Gateway.LoadTests.Reports;

/// <summary>The report as one page that needs nothing else: plots as SVG, and the text report below.</summary>
internal static class HtmlReport
{
    private const string Style =
        "body{font:15px/1.5 system-ui,sans-serif;max-width:62rem;margin:2rem auto;padding:0 "
        + "1rem;color:#1c2733;background:#fff}h2{margin-top:2.5rem}svg{width:100%;height:auto}"
        + "text{font:12px system-ui,sans-serif;fill:#1c2733}.bar{fill:#2f6fa7}.line{fill:none;stroke:#2f6fa7;stroke-width:2}.ax"
        + "is{stroke:#9aa7b4}pre{overflow-x:auto;background:#f4f6f8;padding:1rem}";

    public static string Render(LoadReport report, string text)
    {
        var page = new StringBuilder(
            "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
                + "content=\"width=device-width\"><title>Gateway under load</title><style>"
        )
            .Append(Style)
            .Append("</style></head><body>\n<h1>Gateway under load</h1>\n<p>")
            .Append(
                WebUtility.HtmlEncode(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{report.Taken:u}, {report.Machine.Processor}, {report.Machine.Cores} cores, "
                            + $"{report.Machine.Runtime}, load average {report.Machine.LoadAverage:0.0}. Medians over the rounds."
                    )
                )
            )
            .Append("</p>\n");
        foreach (var phase in report.Measurements.GroupBy(m => (m.Scenario, m.Mode)))
        {
            page.Append(
                CultureInfo.InvariantCulture,
                $"<h2>{WebUtility.HtmlEncode(phase.Key.Scenario)}, {LoadModes.NameOf(phase.Key.Mode)}</h2>\n"
            );
            if (phase.Key.Mode == LoadMode.Maximum)
            {
                page.Append(Plots.Bars("requests a second", Bars(phase, m => m.PerSecond)))
                    .Append(Plots.Bars("CPU microseconds a request", Bars(phase, m => m.CpuMicroseconds)));
            }
            else
            {
                page.Append(Plots.Bars("median, ms", Bars(phase, m => m.P50Ms)))
                    .Append(Plots.Bars("99th percentile, ms", Bars(phase, m => m.P99Ms)));
            }
        }

        foreach (var series in report.Series)
        {
            page.Append(CultureInfo.InvariantCulture, $"<h2>{WebUtility.HtmlEncode(series.Of)}</h2>\n");
            page.Append(Plots.Line("requests a second", series.Points.Select(p => (p.At, p.PerSecond))));
            page.Append(Plots.Line("99th percentile, ms", series.Points.Select(p => (p.At, p.P99Ms))));
            page.Append(Plots.Line("resident megabytes", series.Points.Select(p => (p.At, p.Memory / 1e6))));
        }

        return page.Append("<h2>In figures</h2>\n<pre>").Append(WebUtility.HtmlEncode(text)).Append("</pre>\n</body></html>\n").ToString();
    }

    private static List<(string Name, double Value)> Bars(IEnumerable<Measurement> phase, Func<Measurement, double> of) =>
        [.. phase.GroupBy(m => m.Target).Select(target => (Name(target.Key), Medians.Compute(target.Select(of))))];

    private static string Name(TargetName target) => target.ToString().ToLowerInvariant();
}
