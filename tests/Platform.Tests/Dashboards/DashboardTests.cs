using Gateway.Proxy.Tests.Faults;
using Gateway.Testing;

namespace Gateway.Platform.Tests.Dashboards;

public sealed class DashboardTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    /// <summary>What is active at once when it is so.</summary>
    private static readonly string[] Wrong =
    [
        "GatewayBodiesUnkept",
        "GatewayBreakerOpen",
        "GatewayConnectionsRefused",
        "GatewayFailsClosed",
        "GatewayKillActive",
        "GatewayNotificationsDead",
        "GatewayReloadFailed",
        "GatewayReplays",
        "GatewayUpstreamFailing",
    ];

    [PrometheusFact]
    public async Task Every_query_answers_and_every_rule_is_evaluated_on_an_instance_under_traffic_and_faults()
    {
        await using var busy = await BusyGateway.StartAsync();
        await busy.GoOnAsync();
        await using var prometheus = await PrometheusServer.StartAsync(busy.Management);
        await busy.GoOnAsync();
        await busy.FailAsync();

        var silent = DashboardFiles.Queries.ToList();
        var began = TimeProvider.System.GetTimestamp();
        while (silent.Count > 0 && TimeProvider.System.GetElapsedTime(began) < Deadline)
        {
            await busy.GoOnAsync();
            foreach (var query in silent.ToList())
            {
                if ((await prometheus.AskAsync(DashboardFiles.Asked(query.Query))).Count > 0)
                {
                    silent.Remove(query);
                }
            }
        }

        Assert.True(silent.Count == 0, $"No series, or no number in any:\n{string.Join('\n', silent)}");
        foreach (var wrong in Wrong)
        {
            await Waiting.ForAsync(
                $"{wrong} is active",
                async () => (await prometheus.RulesAsync()).Any(rule => rule.Name == wrong && rule.Said.Length > 0)
            );
        }

        await Waiting.ForAsync("each rule is evaluated", async () => (await prometheus.RulesAsync()).All(rule => rule.Health != "unknown"));
        var rules = await prometheus.RulesAsync();
        Assert.All(rules, rule => Assert.Equal((rule.Name, "ok"), (rule.Name, rule.Health)));
        Assert.All(rules, rule => Assert.DoesNotContain("error expanding", rule.Said, StringComparison.OrdinalIgnoreCase));
        await NamesAsync(busy.Management);
    }

    [Fact]
    public void Each_dashboard_says_what_its_panels_are_for_and_asks_for_the_installation()
    {
        Assert.Equal(
            ["approvals", "evidence", "governance", "models", "overview"],
            DashboardFiles.Dashboards.Select(Path.GetFileNameWithoutExtension)
        );
        foreach (var file in DashboardFiles.Dashboards)
        {
            var dashboard = System.Text.Json.JsonElement.Parse(File.ReadAllBytes(file));
            Assert.Equal($"gateway-{Path.GetFileNameWithoutExtension(file)}", dashboard.GetProperty("uid").GetString());
            Assert.False(dashboard.TryGetProperty("id", out _), "An id is one database's own.");
            Assert.Equal(
                ["datasource", "job", "instance"],
                dashboard.GetProperty("templating").GetProperty("list").EnumerateArray().Select(one => one.GetProperty("name").GetString())
            );
            foreach (var panel in DashboardFiles.PanelsOf(file))
            {
                Assert.NotEmpty(panel.GetProperty("title").GetString()!);
                Assert.NotEmpty(panel.GetProperty("description").GetString()!);
                Assert.NotEmpty(panel.GetProperty("fieldConfig").GetProperty("defaults").GetProperty("unit").GetString()!);
                Assert.Equal("$datasource", panel.GetProperty("datasource").GetProperty("uid").GetString());
            }

            var places = DashboardFiles.PanelsOf(file).Select(panel => panel.GetProperty("gridPos").ToString()).ToList();
            Assert.Equal(places.Distinct().Count(), places.Count);
        }

        Assert.All(
            DashboardFiles.Queries,
            query => Assert.Contains("job=~\"$job\",instance=~\"$instance\"", query.Query, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Every_metric_of_a_query_is_documented_and_has_one_name_scraped_and_sent()
    {
        var known = DashboardFiles.Documented.ToDictionary(one => DashboardFiles.NameOf(one.Name, one.Unit), one => one.Unit);
        foreach (var (place, query) in DashboardFiles.Queries)
        {
            Assert.NotEmpty(DashboardFiles.MetricsOf(query));
            foreach (var metric in DashboardFiles.MetricsOf(query))
            {
                var name = Suffixes.Aggregate(metric, (left, suffix) => known.ContainsKey(left) ? left : Without(left, suffix));
                Assert.True(known.TryGetValue(name, out var unit), $"{place} reads {metric}, which isn't in docs/telemetry.md.");
                Assert.True(unit != "1", $"{place} reads {metric}: the scrape and OTLP make different names of the unit 1.");
            }
        }
    }

    private static readonly string[] Suffixes = ["_total", "_bucket", "_count", "_sum", ""];

    private static string Without(string name, string suffix) =>
        name.EndsWith(suffix, StringComparison.Ordinal) ? name[..^suffix.Length] : name;

    /// <summary>What is scraped has the names that OpenTelemetry's rules make of what is sent, but for the unit 1.</summary>
    private static async Task NamesAsync(Uri management)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var text = await client.GetStringAsync(new Uri(management, "/metrics"));
        var types = text.Split('\n')
            .Where(line => line.StartsWith("# TYPE ", StringComparison.Ordinal))
            .Select(line => line.Split(' '))
            .ToDictionary(words => words[2], words => words[3]);
        foreach (var (name, unit) in DashboardFiles.Documented.Where(one => one.Unit != "1"))
        {
            var made = DashboardFiles.NameOf(name, unit);
            Assert.True(
                types.ContainsKey(made) && types[made] != "counter" || types.GetValueOrDefault(made + "_total") == "counter",
                $"{name} isn't scraped as {made}"
            );
        }
    }
}
