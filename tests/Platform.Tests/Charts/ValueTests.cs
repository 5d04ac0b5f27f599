using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Gateway.Proxy.Tests.Architecture;

namespace Gateway.Platform.Tests.Charts;

/// <summary>No value is without effect: another one changes what is rendered, or is refused with its path.</summary>
public sealed class ValueTests
{
    private static readonly JsonNode Values = Yaml.One(File.ReadAllText(Path.Combine(ChartTools.Chart, "values.yaml")));

    /// <summary>What to set where a text, a number or a flag can't be made from the default; as JSON.</summary>
    private static readonly Dictionary<string, string> Others = new()
    {
        ["enabled"] = "false",
        ["global"] = """{"imageRegistry": "other.example.com"}""",
        ["image.pullPolicy"] = "\"Always\"",
        ["image.digest"] = "\"sha256:" + new string('b', 64) + "\"",
        ["image.pullSecrets"] = """["other"]""",
        ["settings"] = """{"Gateway": {"State": {"Deadline": "00:00:00.3"}}}""",
        ["authorities"] = """["other.example.com"]""",
        ["trustedProxies"] = """["192.0.2.99"]""",
        ["podDisruptionBudget.maxUnavailable"] = "2",
        ["redis.endpoints"] = """["other.example.com:6379"]""",
        ["redis.ports"] = "[6380]",
        ["postgres.parameters"] = """{"Timeout": 7}""",
        ["vault.secrets"] = """{"other": "other"}""",
        ["vault.volume"] = """{"csi": {"driver": "other"}}""",
        ["vault.token.expirationSeconds"] = "7200",
        ["governance.documents"] = """{"other.yaml": "apiVersion: gateway/v1\nkind: Tenant\nmetadata: {name: other}\nspec: {}\n"}""",
        ["governance.volume"] = """{"persistentVolumeClaim": {"claimName": "other"}}""",
        ["governance.gitSync.auth"] = "\"password\"",
        ["governance.gitSync.repository"] = "\"ssh://git@other.example.com/governance.git\"",
        ["governance.gitSync.period"] = "\"45s\"",
        ["persistence.size"] = "\"7Gi\"",
        ["persistence.accessModes"] = """["ReadWriteOncePod"]""",
        ["journal.archive"] = """{"persistentVolumeClaim": {"claimName": "other"}}""",
        ["journal.keepLocal"] = "\"3.00:00:00\"",
        ["journal.retention"] = "\"400.00:00:00\"",
        ["service.type"] = "\"NodePort\"",
        ["service.externalTrafficPolicy"] = "\"Local\"",
        ["service.loadBalancerSourceRanges"] = """["192.0.2.0/24"]""",
        ["ingress.hosts"] = """["other.example.com"]""",
        ["ingress.tls"] = """[{"secretName": "other"}]""",
        ["httpRoute.parentRefs"] = """[{"name": "other"}]""",
        ["httpRoute.hostnames"] = """["other.example.com"]""",
        ["administration.tlsProxies"] = """["192.0.2.99"]""",
        ["administration.publicUrl"] = "\"https://other.example.com\"",
        ["administration.authorities"] = """["other.example.com"]""",
        ["metrics.serviceMonitor.interval"] = "\"7s\"",
        ["metrics.podMonitor.interval"] = "\"7s\"",
        ["dashboards.labels"] = """{"other": "other"}""",
        ["otel.endpoint"] = "\"http://other.example.com:4317\"",
        ["otel.protocol"] = "\"http/protobuf\"",
        ["otel.traceRatio"] = "0.7",
        ["networkPolicy.flavor"] = "\"cilium\"",
        ["networkPolicy.agents"] = """[{"podSelector": {}}]""",
        ["networkPolicy.operators"] = """[{"podSelector": {}}]""",
        ["networkPolicy.monitoring"] = """[{"podSelector": {}}]""",
        ["networkPolicy.egress.hosts"] = """["other.example.com:443"]""",
        ["networkPolicy.egress.rules"] = """[{"to": [{"podSelector": {}}]}]""",
        ["resources.requests.cpu"] = "\"333m\"",
        ["resources.requests.memory"] = "\"333Mi\"",
        ["resources.limits.memory"] = "\"777Mi\"",
        ["governance.gitSync.resources.requests.cpu"] = "\"33m\"",
        ["governance.gitSync.resources.requests.memory"] = "\"33Mi\"",
        ["governance.gitSync.resources.limits.memory"] = "\"333Mi\"",
        ["tolerations"] = """[{"operator": "Exists"}]""",
        ["affinity"] = """{"nodeAffinity": {}}""",
        ["topologySpreadConstraints"] = """[{"maxSkew": 2, "topologyKey": "other", "whenUnsatisfiable": "DoNotSchedule"}]""",
        ["extraEnv"] = """[{"name": "OTHER", "value": "other"}]""",
        ["extraVolumes"] = """[{"name": "other", "emptyDir": {}}]""",
        ["extraVolumeMounts"] = """[{"name": "other", "mountPath": "/other"}]""",
        ["extraContainers"] = """[{"name": "other", "image": "other"}]""",
        ["extraObjects"] = """[{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "other"}}]""",
    };

    /// <summary>Of nothing, and of all that there is. What counts in neither is tried in the other cases.</summary>
    [ChartFact]
    public async Task Value_ChangesWhatIsRendered_OrIsRefused()
    {
        var live = new ConcurrentDictionary<string, bool>();
        var offences = new ConcurrentBag<string>();
        var leaves = Leaves(Values, "").ToList();

        foreach (var @case in (string[])["production", "defaults", "hpa", "gitsync", "gitsync-https", "openshift"])
        {
            var before = (await Rendering.OfCaseAsync(@case)).Made().Text;
            var given = Yaml.One(await File.ReadAllTextAsync(Rendering.FileOf(@case)));
            await Parallel.ForEachAsync(
                leaves.Where(leaf => @case is "production" or "defaults" || !live.ContainsKey(leaf.Path)),
                new ParallelOptions { MaxDegreeOfParallelism = 4 },
                async (leaf, _) =>
                {
                    // What a case says already is taken back, and where it is then refused, something rests on it.
                    var path = leaf.Path;
                    var there = At(given, path)?.ToJsonString() == leaf.Other.ToJsonString();
                    var other = there ? At(Values, path)! : leaf.Other;
                    var after = await Rendering.WithAsync(@case, Nested(path, other).ToJsonString());
                    if (there ? after.Text != before : after.Exit == 0 && after.Text != before)
                    {
                        live[path] = true;
                    }
                    else if (after.Exit == 0 || !after.Error.Contains(path.Split('.')[0], StringComparison.Ordinal))
                    {
                        offences.Add($"{path}: {other} changes nothing of {@case}, and isn't refused by its name. {after.Error}");
                    }
                }
            );
        }

        Offences.AssertNone(offences.Order(StringComparer.Ordinal));
        Assert.Equal(["enabled"], leaves.Select(leaf => leaf.Path).Where(path => !live.ContainsKey(path)));
    }

    /// <summary>Where the table of values without effect says another default than the values, one that is set would pass unseen.</summary>
    [Fact]
    public void InertValues_HaveTheirDefaults()
    {
        var rules = Yaml.One(File.ReadAllText(Path.Combine(ChartTools.Chart, "files", "inert.yaml"))).AsArray();

        Assert.All(
            rules.SelectMany(rule => rule!["values"]!.AsObject()),
            pair => Assert.Equal(At(Values, pair.Key)?.ToJsonString(), pair.Value?.ToJsonString())
        );
    }

    private static JsonNode? At(JsonNode values, string path) =>
        path.Split('.').Aggregate((JsonNode?)values, (node, name) => node is JsonObject map ? map[name] : null);

    private static IEnumerable<(string Path, JsonNode Other)> Leaves(JsonNode? node, string path) =>
        Others.TryGetValue(path, out var other) ? [(path, JsonNode.Parse(other)!)]
        : node is JsonObject { Count: > 0 } map
            ? map.SelectMany(pair => Leaves(pair.Value, path.Length == 0 ? pair.Key : $"{path}.{pair.Key}"))
        : [(path, OtherThan(node))];

    private static JsonNode OtherThan(JsonNode? node) =>
        node switch
        {
            JsonObject => new JsonObject { ["other"] = "other" },
            JsonValue value when value.TryGetValue<bool>(out var flag) => !flag,
            JsonValue value when value.TryGetValue<decimal>(out var number) => number + 7,
            JsonValue => "other",
            _ => throw new NotSupportedException($"Say in {nameof(Others)} what else there may be than {node?.ToJsonString()}."),
        };

    private static JsonObject Nested(string path, JsonNode value) =>
        path.Split('.').Reverse().Aggregate(value.DeepClone(), (inner, name) => new JsonObject { [name] = inner }).AsObject();
}
