using Xunit.Abstractions;

namespace Gateway.Proxy.Tests.Doors.Mcp;

/// <summary>The official clients through the door: each step works as it does with the server alone.</summary>
public sealed class OfficialMcpClientTests(McpDoorFixture door, ITestOutputHelper output) : IClassFixture<McpDoorFixture>
{
    [McpKitTheory]
    [InlineData("v1", "legacy")]
    [InlineData("v2", "legacy")]
    [InlineData("v2", "modern")]
    [InlineData("v2", "auto")]
    public async Task Every_step_of_an_official_client_works(string sdk, string era)
    {
        var key = await door.Gateway.NewBearerAsync(McpDocuments.Agent);

        var report = await McpKit.RunAsync(
            "client.mjs",
            "--url",
            $"{door.Gateway.Address}mcp/fixture",
            "--sdk",
            sdk,
            "--era",
            era,
            "--control",
            door.Server.Control.ToString().TrimEnd('/'),
            "--header",
            $"Authorization: Bearer {key}"
        );

        output.WriteLine(report.ToString());
        Assert.Empty(
            report
                .GetProperty("steps")
                .EnumerateObject()
                .Where(step => !step.Value.GetProperty("ok").GetBoolean())
                .Select(step => $"{step}")
        );
        Assert.Equal(28, report.GetProperty("passed").GetInt32());
    }
}
