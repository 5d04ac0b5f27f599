using System.Text.Json.Nodes;

namespace Gateway.Platform.Tests.Charts;

/// <summary>What the policies let out for documents in values is what <c>gateway policy egress</c> lists of the same documents.</summary>
public sealed class EgressTests
{
    private static readonly string[] Metadata = ["169.254.0.0/16", "127.0.0.0/8"];
    private static readonly string[] Private = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", .. Metadata];

    [ChartFact]
    public async Task PlainPolicy_LetsOutWhatTheProductLists()
    {
        var (rendering, listed) = await ReadAsync("documents");
        var policy = rendering.The("NetworkPolicy", "gw-gateway");
        var rules = policy["spec"]!["egress"]!.AsArray().Skip(1).SelectMany(Targets).ToList(); // The first one is for name servers.

        Assert.Equal(listed.Select(one => $"{one.Host}:{one.Port}"), $"{policy["metadata"]!["annotations"]!["gateway/egress"]}".Split(' '));
        Assert.Equal(
            listed.Select(InPlainPolicy).Distinct().Order(StringComparer.Ordinal),
            rules.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
        );
    }

    [ChartFact]
    public async Task CiliumPolicy_LetsOutWhatTheProductLists_ByName()
    {
        var (rendering, listed) = await ReadAsync("cilium");
        var policy = rendering.All("CiliumNetworkPolicy").Single();
        var rules = policy["spec"]!["egress"]!
            .AsArray()
            .Skip(1)
            .Select(rule =>
            {
                var name = rule!["toFQDNs"]?[0]!["matchName"] ?? rule["toCIDR"]?[0];
                var where = name ?? rule["toEndpoints"]![0]!["matchLabels"]!["k8s:io.kubernetes.pod.namespace"];
                return $"{where}:{rule["toPorts"]![0]!["ports"]![0]!["port"]}";
            });

        // Two more stand in the values themselves.
        Assert.Equal(
            [.. listed.Select(InCiliumPolicy).Append("api.example.org:443").Append("2001:db8::7/128:443").Order(StringComparer.Ordinal)],
            rules.Order(StringComparer.Ordinal)
        );
    }

    [ChartFact]
    public async Task PlainPolicy_KeepsPrivateAddressesFromPublicHosts_AndMetadataFromAll()
    {
        var blocks = (await Rendering.OfCaseAsync("documents")).Made().The("NetworkPolicy", "gw-gateway")["spec"]!["egress"]!
            .AsArray()
            .SelectMany(rule => rule!["to"]!.AsArray().Select(to => (Ports: rule["ports"]!, Block: to!["ipBlock"])))
            .Where(one => $"{one.Block?["cidr"]}" == "0.0.0.0/0")
            .ToDictionary(one => one.Ports.ToJsonString().Contains("8443", StringComparison.Ordinal) ? "public" : "own", one => one.Block!);

        Assert.Empty(Private.Except(Excepted(blocks["public"])));
        Assert.Empty(Metadata.Except(Excepted(blocks["own"])));
        Assert.DoesNotContain("10.0.0.0/8", Excepted(blocks["own"]));
    }

    [ChartFact]
    public async Task NamesOfAServicesPods_OpenTheServicesNamespace_AndNotOneThatHasTheServicesName()
    {
        var egress = (await Rendering.OfCaseAsync("production")).Made().The("NetworkPolicy", "gw-gateway")["spec"]![
            "egress"
        ]!.ToJsonString();

        Assert.Contains("\"kubernetes.io/metadata.name\":\"data\"", egress, StringComparison.Ordinal);
        Assert.DoesNotContain("\"kubernetes.io/metadata.name\":\"redis\"", egress, StringComparison.Ordinal);
    }

    private static HashSet<string> Excepted(JsonNode block) => [.. block["except"]!.AsArray().Select(one => $"{one}")];

    private static async Task<(Rendering Rendering, List<(string Host, int Port)> Listed)> ReadAsync(string @case)
    {
        var rendering = (await Rendering.OfCaseAsync(@case)).Made();
        using var files = new PodFiles(rendering, rendering.Gateway);
        var run = await files.RunAsync($"policy egress {files.Documents} --json");
        var egress = run.Ended(0).Data().GetProperty("egress").EnumerateArray();
        return (
            rendering,
            [
                .. egress
                    .Select(one => (one.GetProperty("host").GetString()!, one.GetProperty("port").GetInt32()))
                    .OrderBy(one => $"{one.Item1}:{one.Item2}", StringComparer.Ordinal),
            ]
        );
    }

    /// <summary>A namespace, an address, or any address of a class: what a plain policy can say about a host.</summary>
    private static string InPlainPolicy((string Host, int Port) one) =>
        one.Host switch
        {
            "crm.sales.svc" => $"sales:{one.Port}",
            "10.1.2.3" => $"10.1.2.3/32:{one.Port}",
            "billing.corp.example" => $"own:{one.Port}",
            _ => $"public:{one.Port}",
        };

    private static string InCiliumPolicy((string Host, int Port) one) =>
        one.Host switch
        {
            "crm.sales.svc" => $"sales:{one.Port}",
            "10.1.2.3" => $"10.1.2.3/32:{one.Port}",
            _ => $"{one.Host}:{one.Port}",
        };

    private static IEnumerable<string> Targets(JsonNode? rule) =>
        rule!["to"]!
            .AsArray()
            .SelectMany(to =>
                rule["ports"]!
                    .AsArray()
                    .Select(port =>
                    {
                        var block = to!["ipBlock"];
                        var where =
                            block is null ? $"{to["namespaceSelector"]!["matchLabels"]!["kubernetes.io/metadata.name"]}"
                            : block["except"] is null ? $"{block["cidr"]}"
                            : block["except"]!.AsArray().Any(one => $"{one}" is "10.0.0.0/8" or "fc00::/7") ? "public"
                            : "own";
                        return $"{where}:{port!["port"]}";
                    })
            );
}
