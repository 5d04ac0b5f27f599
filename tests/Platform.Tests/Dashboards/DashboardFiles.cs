using System.Text.Json;
using System.Text.RegularExpressions;
using Gateway.Testing;

namespace Gateway.Platform.Tests.Dashboards;

/// <summary>The dashboards and rules that the chart carries, and the metrics that the documentation has.</summary>
internal static partial class DashboardFiles
{
    public static string Folder { get; } = Path.Combine(Repository.Root, "charts", "gateway", "files");

    public static string Alerts { get; } = Path.Combine(Folder, "alerts.yaml");

    public static IReadOnlyList<string> Dashboards { get; } =
    [.. Directory.GetFiles(Path.Combine(Folder, "dashboards"), "*.json").Order(StringComparer.Ordinal)];

    public static IEnumerable<JsonElement> PanelsOf(string dashboard) =>
        JsonElement.Parse(File.ReadAllBytes(dashboard)).GetProperty("panels").EnumerateArray();

    /// <summary>Every query of every panel, with the place where it stands.</summary>
    public static IReadOnlyList<(string Place, string Query)> Queries { get; } =
    [
        .. from dashboard in Dashboards
        from panel in PanelsOf(dashboard)
        from target in panel.GetProperty("targets").EnumerateArray()
        select (
            $"{Path.GetFileNameWithoutExtension(dashboard)}: {panel.GetProperty("title")} {target.GetProperty("refId")}",
            target.GetProperty("expr").GetString()!
        ),
    ];

    /// <summary>As Grafana asks it, with all jobs and instances.</summary>
    public static string Asked(string query) =>
        query
            .Replace("$__rate_interval", "1m", StringComparison.Ordinal)
            .Replace("$job", ".*", StringComparison.Ordinal)
            .Replace("$instance", ".*", StringComparison.Ordinal);

    /// <summary>The metrics that an expression reads: its names that are neither labels nor functions.</summary>
    public static IEnumerable<string> MetricsOf(string expression) =>
        Metric().Matches(Labels().Replace(expression, " ")).Select(match => match.Value).Distinct();

    /// <summary>The metrics of docs/telemetry.md, with their units.</summary>
    public static IReadOnlyList<(string Name, string Unit)> Documented { get; } =
    [
        .. File.ReadLines(Path.Combine(Repository.Root, "docs", "telemetry.md"))
            .Select(line => Row().Match(line))
            .Where(row => row.Success)
            .Select(row => (row.Groups[1].Value, row.Groups[2].Value)),
    ];

    /// <summary>
    /// What Prometheus calls a metric that comes by OTLP, but for a counter's <c>_total</c>: OpenTelemetry's rules for Prometheus. What
    /// stands in braces is no unit.
    /// </summary>
    public static string NameOf(string metric, string unit) =>
        metric.Replace('.', '_')
        + unit switch
        {
            "s" => "_seconds",
            "By" => "_bytes",
            "1" => "_ratio",
            _ => "",
        };

    [GeneratedRegex(@"\{[^}]*\}|by \([^)]*\)|\[[^\]]*\]")]
    private static partial Regex Labels();

    [GeneratedRegex(@"\b(?:gateway|gen_ai|http|dotnet)_[a-z_]+\b")]
    private static partial Regex Metric();

    [GeneratedRegex(@"^\| `((?:gateway|gen_ai|http|dotnet)\.[a-z_.]+)` \| (\{?[A-Za-z1]+\}?) \|")]
    private static partial Regex Row();
}
