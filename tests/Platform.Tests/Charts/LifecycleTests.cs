using Gateway.Testing;

namespace Gateway.Platform.Tests.Charts;

/// <summary>The chart in a chart above it, and from one version to the next.</summary>
public sealed class LifecycleTests
{
    [ChartFact]
    public async Task ChartAbove_RendersIt_AndLeavesItOut()
    {
        using var folder = new TemporaryDirectory();
        var above = Directory.CreateDirectory(folder.File("platform")).FullName;
        CopyChart(Path.Combine(above, "charts", "gateway"));
        await File.WriteAllTextAsync(
            Path.Combine(above, "Chart.yaml"),
            """
            apiVersion: v2
            name: platform
            version: 1.0.0
            dependencies: [{name: gateway, version: '>=0.0.0-0', condition: gateway.enabled}]
            """
        );
        await File.WriteAllTextAsync(
            Path.Combine(above, "values.yaml"),
            """
            global: {imageRegistry: mirror.example.com, team: platform}
            gateway: {enabled: true, fullnameOverride: front, service: {port: 8080}}
            """
        );

        foreach (var helm in ChartTools.Helms)
        {
            var there = (await Rendering.OfAsync(helm, [], above)).Made();
            var gone = (await Rendering.OfAsync(helm, ["--set", "gateway.enabled=false"], above)).Made();
            var wrong = await Rendering.OfAsync(helm, ["--set", "gateway.replicaCounts=1"], above);

            Assert.StartsWith("mirror.example.com/gateway:", $"{there.Gateway["containers"]![0]!["image"]}", StringComparison.Ordinal);
            Assert.Equal("8080", $"{there.The("Service", "front")["spec"]!["ports"]![0]!["port"]}");
            Assert.Empty(gone.Objects);
            Assert.Contains("replicaCounts", wrong.Error, StringComparison.Ordinal);
        }
    }

    /// <summary>A pod of the version before that is made anew amid an upgrade mustn't find the new version's settings.</summary>
    [ChartFact]
    public async Task Settings_AreThePodsOwn()
    {
        var rendering = (await Rendering.OfCaseAsync("production")).Made();

        Assert.DoesNotContain(rendering.All("ConfigMap"), map => map["data"]?["appsettings.json"] is not null);
        Assert.NotNull(rendering.Gateway["volumes"]!.AsArray().Single(volume => $"{volume!["name"]}" == "settings")!["downwardAPI"]);
    }

    /// <summary>Whoever fills the secret sets variables of this prefix and no others, such as Gateway's own settings.</summary>
    [ChartFact]
    public async Task SecretsByEnvironment_CanSetNothingElse()
    {
        var from = (await Rendering.OfCaseAsync("production")).Made().Gateway["containers"]![0]!["envFrom"]!.AsArray();

        Assert.Equal("GATEWAY_SECRET_", $"{Assert.Single(from)!["prefix"]}");
    }

    /// <summary>Agents' requests name the first authority; the service's own name may be none of them.</summary>
    [ChartFact]
    public async Task Test_AsksByANameThatGatewayHas()
    {
        var pod = (await Rendering.OfCaseAsync("production")).Made().All("Pod").Single();

        Assert.Contains("--authority=gateway.platform.svc", pod["spec"]!["containers"]![0]!["args"]!.AsArray().Select(one => $"{one}"));
    }

    /// <summary>Kubernetes refuses a change of these: an upgrade would end there.</summary>
    [ChartFact]
    public async Task NextVersion_LeavesWhatCannotBeChanged()
    {
        using var folder = new TemporaryDirectory();
        var next = folder.File("gateway");
        CopyChart(next);
        var chart = Path.Combine(next, "Chart.yaml");
        await File.WriteAllTextAsync(
            chart,
            (await File.ReadAllTextAsync(chart))
                .Replace("\nversion: ", "\nversion: 9", StringComparison.Ordinal)
                .Replace("\nappVersion: ", "\nappVersion: 9", StringComparison.Ordinal)
        );

        foreach (var @case in (string[])["defaults", "production", "hpa"])
        {
            var before = (await Rendering.OfCaseAsync(@case)).Made();
            var after = (await Rendering.OfAsync("helm4", ["-f", Rendering.FileOf(@case)], next)).Made();

            Assert.NotEqual(before.Text, after.Text);
            Assert.Equal(Immutable(before), Immutable(after));
        }
    }

    [ChartFact]
    public async Task Claims_AreKept_WhenTheReleaseOrAReplicaGoes() =>
        Assert.Equal(
            """{"whenDeleted":"Retain","whenScaled":"Retain"}""",
            (await Rendering.OfCaseAsync("defaults")).Made().The("StatefulSet", "gw-gateway")["spec"]![
                "persistentVolumeClaimRetentionPolicy"
            ]!.ToJsonString()
        );

    [ChartFact]
    public async Task Autoscaler_HasTheNumberOfReplicasToItself()
    {
        var rendering = (await Rendering.OfCaseAsync("hpa")).Made();

        Assert.Null(rendering.The("StatefulSet", "gw-gateway")["spec"]!["replicas"]);
        Assert.Single(rendering.All("HorizontalPodAutoscaler"));
    }

    /// <summary>By its own name under the service without an address, which also names those that aren't ready.</summary>
    [ChartFact]
    public async Task Replica_TellsItsPeersWhereItIs()
    {
        var rendering = (await Rendering.OfCaseAsync("production")).Made();
        var address = rendering.Gateway["containers"]![0]!["env"]!.AsArray().Single(one => $"{one!["name"]}" == "Gateway__Peers__Address")!;
        var service = rendering.The("Service", "gw-gateway-peers")["spec"]!;

        Assert.Equal("http://$(POD_NAME).gw-gateway-peers.agents.svc:9091", $"{address["value"]}");
        Assert.Equal("gw-gateway-peers", $"{rendering.The("StatefulSet", "gw-gateway")["spec"]!["serviceName"]}");
        Assert.Equal("None", $"{service["clusterIP"]}");
        Assert.Equal("true", $"{service["publishNotReadyAddresses"]}");
    }

    /// <summary>A secret that the chart made would be another one at each rendering.</summary>
    [ChartFact]
    public async Task Chart_MakesNoSecret_AndTheSameTwice()
    {
        foreach (var @case in Rendering.Cases)
        {
            var (once, again) = (await Rendering.OfCaseAsync(@case), await Rendering.OfCaseAsync(@case));

            Assert.Empty(once.Made().All("Secret"));
            Assert.Equal(once.Text, again.Text);
        }
    }

    private static IEnumerable<string> Immutable(Rendering rendering)
    {
        var set = rendering.All("StatefulSet").Single()["spec"]!;
        string[] fixedParts = ["selector", "serviceName", "podManagementPolicy", "volumeClaimTemplates"];
        return
        [
            .. fixedParts.Select(part => $"{part}: {set[part]?.ToJsonString()}"),
            .. rendering.All("PodDisruptionBudget").Select(budget => budget["spec"]!["selector"]!.ToJsonString()),
            .. rendering.All("Service").Select(service => $"{service["metadata"]!["name"]}: {service["spec"]!["clusterIP"]}"),
        ];
    }

    private static void CopyChart(string to)
    {
        foreach (var file in Directory.EnumerateFiles(ChartTools.Chart, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(ChartTools.Chart, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}
