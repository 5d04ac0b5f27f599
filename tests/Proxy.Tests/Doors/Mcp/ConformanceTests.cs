using System.Text.Json;
using Gateway.Proxy.Tests.Running;
using Gateway.Proxy.Tests.StandIn;
using Xunit.Abstractions;

namespace Gateway.Proxy.Tests.Doors.Mcp;

/// <summary>The official suite through the door, in front of servers of each kind.</summary>
public sealed class ConformanceTests(ITestOutputHelper output)
{
    private static readonly string[] Revisions = ["2025-11-25", "2026-07-28"];

    [McpKitTheory]
    [InlineData("", 69, 83, 120, 196)]
    [InlineData("--sse", 70, 84, 121, 197)]
    [InlineData("--lax", 69, 83, 120, 196)]
    public async Task Suite_through_the_door_passes_as_it_does_with_a_server_that_checks_all(string kind, params int[] expected)
    {
        await using var fixture = await McpFixture.StartAsync(kind.Length == 0 ? [] : [kind]);
        await using var provider = await RunningStandIn.StartAsync();
        await using var gateway = await RunningGateway.StartAsync(provider.Address, data: null, await McpDocuments.OfFixtureAsync(fixture));
        var key = await gateway.NewBearerAsync(McpDocuments.Agent);

        var report = await McpKit.RunAsync(
            "conformance.mjs",
            "--url",
            $"{gateway.Address}mcp/fixture",
            "--header",
            $"Authorization: Bearer {key}"
        );

        var passed = Revisions
            .SelectMany(revision =>
                new[] { "scored", "all" }.Select(what => report.GetProperty("eras").GetProperty(revision).GetProperty(what))
            )
            .ToArray();
        output.WriteLine(Failures(report));
        output.WriteLine(
            $"fixture {kind}: "
                + string.Join(
                    "; ",
                    Revisions.Select((revision, i) => $"{revision} scored {Counted(passed[2 * i])}, all {Counted(passed[(2 * i) + 1])}")
                )
        );
        Assert.Equal(expected, passed.Select(p => p.GetProperty("passed").GetInt32()));
        Assert.All(passed, p => Assert.Equal(0, p.GetProperty("failed").GetInt32()));
    }

    private static string Counted(JsonElement of)
    {
        var (passed, failed) = (of.GetProperty("passed").GetInt32(), of.GetProperty("failed").GetInt32());
        return $"{passed} of {passed + failed}";
    }

    private static string Failures(JsonElement report) =>
        string.Join(
            "\n",
            report
                .GetProperty("eras")
                .EnumerateObject()
                .SelectMany(era =>
                    era.Value.GetProperty("scenarios")
                        .EnumerateObject()
                        .Where(scenario => scenario.Value.TryGetProperty("failures", out _))
                        .Select(scenario => $"{era.Name} {scenario.Name}: {scenario.Value.GetProperty("failures")}")
                )
        );
}
