using Gateway.Proxy.Tests.Documentation;
using Gateway.Testing;
using YamlDotNet.Serialization;

namespace Gateway.Platform.Tests.Dashboards;

public sealed class AlertTests
{
    private const string Cases = "alerts.test.yaml";

    private static readonly string[] Critical =
    [
        "GatewayAbsent",
        "GatewayNotReady",
        "GatewayFailsClosed",
        "GatewayJournalStuck",
        "GatewayHeadUnsigned",
        "GatewayDiskFull",
        "GatewayVolumeLost",
    ];

    private static readonly IReadOnlyList<Rule> Rules = [.. Read<RuleFile>(DashboardFiles.Alerts).Groups.SelectMany(group => group.Rules)];

    [PrometheusFact]
    public async Task Promtool_accepts_the_rules()
    {
        var (code, said) = await Promtool.RunAsync(DashboardFiles.Folder, "check", "rules", "alerts.yaml");
        Assert.True(code == 0, said);
    }

    [PrometheusFact]
    public async Task Each_alert_fires_where_it_should_and_is_silent_where_it_should_not()
    {
        using var folder = new TemporaryDirectory();
        File.Copy(DashboardFiles.Alerts, folder.File("alerts.yaml"));
        File.Copy(Path.Combine(Repository.Root, "tests", "Platform.Tests", "Dashboards", Cases), folder.File(Cases));
        var (code, said) = await Promtool.RunAsync(folder.Path, "test", "rules", Cases);
        Assert.True(code == 0, said);
    }

    [PrometheusFact]
    public async Task An_alert_that_says_something_else_fails_its_cases()
    {
        using var folder = new TemporaryDirectory();
        var rules = await File.ReadAllTextAsync(DashboardFiles.Alerts);
        await File.WriteAllTextAsync(folder.File("alerts.yaml"), rules.Replace("> 5\n", "> 4\n", StringComparison.Ordinal));
        File.Copy(Path.Combine(Repository.Root, "tests", "Platform.Tests", "Dashboards", Cases), folder.File(Cases));
        var (code, said) = await Promtool.RunAsync(folder.Path, "test", "rules", Cases);
        Assert.NotEqual(0, code);
        Assert.Contains("GatewayNotShipped", said, StringComparison.Ordinal);
    }

    [Fact]
    public void No_alert_lacks_a_case_in_which_it_fires_or_one_in_which_it_is_silent()
    {
        var cases = Read<CaseFile>(Path.Combine(Repository.Root, "tests", "Platform.Tests", "Dashboards", Cases)).Tests;
        foreach (var (rule, fires) in Rules.SelectMany(rule => ((Rule, bool)[])[(rule, true), (rule, false)]))
        {
            var one = Assert.Single(cases, one => one.Name == $"{rule.Alert} {(fires ? "fires" : "is silent")}");
            var expected = Assert.Single(one.PromqlExprTest);
            Assert.Contains($"ALERTS{{alertname=\"{rule.Alert}\", alertstate=\"firing\"}}", expected.Expr, StringComparison.Ordinal);
            Assert.Equal(fires ? 1 : 0, expected.ExpSamples.Count);
            Assert.NotEmpty(one.InputSeries);
        }
    }

    [Fact]
    public void Each_alert_says_how_grave_it_is_what_it_means_and_leads_to_its_heading()
    {
        var headings = MarkdownPages.AnchorsOf("docs/runbooks.md").ToList();
        Assert.Equal(Rules.Count, Rules.Select(rule => rule.Alert).Distinct().Count());
        foreach (var rule in Rules)
        {
            Assert.Equal(Critical.Contains(rule.Alert) ? "critical" : "warning", rule.Labels["severity"]);
            Assert.NotEmpty(rule.Annotations["summary"]);
            Assert.NotEmpty(rule.Annotations["description"]);
            var link = rule.Annotations["runbook_url"].Split('#');
            Assert.EndsWith("docs/runbooks.md", link[0], StringComparison.Ordinal);
            Assert.Contains(link[1], headings);
            Assert.Equal(rule.Alert.ToLowerInvariant(), link[1]);
        }

        var alerts = headings.Where(heading => heading.StartsWith("gateway", StringComparison.Ordinal)).Order(StringComparer.Ordinal);
        Assert.Equal(Rules.Select(rule => rule.Alert.ToLowerInvariant()).Order(StringComparer.Ordinal), alerts);
    }

    [Fact]
    public void Every_metric_of_an_alert_is_documented()
    {
        var known = DashboardFiles.Documented.Select(one => DashboardFiles.NameOf(one.Name, one.Unit)).ToList();
        foreach (var rule in Rules)
        {
            Assert.All(
                DashboardFiles.MetricsOf(rule.Expr),
                metric =>
                    Assert.True(
                        known.Any(name => metric == name || metric == name + "_total" || metric == name + "_bucket"),
                        $"{rule.Alert} reads {metric}, which isn't in docs/telemetry.md."
                    )
            );
            Assert.NotEmpty(DashboardFiles.MetricsOf(rule.Expr));
        }
    }

    private static T Read<T>(string file) =>
        new DeserializerBuilder()
            .WithNamingConvention(YamlDotNet.Serialization.NamingConventions.UnderscoredNamingConvention.Instance)
            .IgnoreUnmatchedProperties()
            .Build()
            .Deserialize<T>(File.ReadAllText(file));

    private sealed class RuleFile
    {
        public List<RuleGroup> Groups { get; set; } = [];
    }

    private sealed class RuleGroup
    {
        public List<Rule> Rules { get; set; } = [];
    }

    private sealed class Rule
    {
        public string Alert { get; set; } = "";

        public string Expr { get; set; } = "";

        public Dictionary<string, string> Labels { get; set; } = [];

        public Dictionary<string, string> Annotations { get; set; } = [];
    }

    private sealed class CaseFile
    {
        public List<Case> Tests { get; set; } = [];
    }

    private sealed class Case
    {
        public string Name { get; set; } = "";

        public List<Dictionary<string, string>> InputSeries { get; set; } = [];

        public List<Expected> PromqlExprTest { get; set; } = [];
    }

    private sealed class Expected
    {
        public string Expr { get; set; } = "";

        public List<Dictionary<string, string>> ExpSamples { get; set; } = [];
    }
}
