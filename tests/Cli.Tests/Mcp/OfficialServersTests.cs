using System.Diagnostics;
using System.Text.Json;
using Gateway.Testing;

namespace Gateway.Cli.Tests.Mcp;

/// <summary>
/// Official servers from npm behind the bridge, before official clients of both generations. A client of both protocols finds by itself
/// that only the one with sessions is spoken.
/// </summary>
public sealed class OfficialServersTests : IDisposable
{
    private static readonly (string Sdk, string Era)[] Clients = [("v1", "legacy"), ("v2", "legacy"), ("v2", "auto")];

    private readonly CommandFolder _folder = CommandFolder.Empty();

    public void Dispose() => _folder.Dispose();

    [McpKitFact]
    public async Task Filesystem_IsServed()
    {
        File.WriteAllText(_folder.FileOf("a.txt"), "hello");
        var call = $$"""{"path":{{JsonSerializer.Serialize(_folder.Root)}}}""";
        await AssertAsync("server-filesystem", "list_directory", call, _folder.Root);
    }

    [McpKitFact]
    public Task Memory_IsServed() => AssertAsync("server-memory", "read_graph", "{}");

    [McpKitFact]
    public Task SequentialThinking_IsServed() =>
        AssertAsync(
            "server-sequential-thinking",
            "sequentialthinking",
            """{"thought":"one","nextThoughtNeeded":false,"thoughtNumber":1,"totalThoughts":1}"""
        );

    /// <summary>It asks for roots, logs, and announces changes of its lists, before and between calls.</summary>
    [McpKitFact]
    public Task Everything_IsServed() => AssertAsync("server-everything", "echo", """{"message":"hello"}""", "stdio");

    private async Task AssertAsync(string package, string tool, string arguments, params string[] more)
    {
        string[] program = [McpKitFactAttribute.Node, Path.Combine(McpKitFactAttribute.PackageOf(package), "dist", "index.js"), .. more];
        await using var bridge = await RunningBridge.StartAsync(_folder, program: program);
        foreach (var (sdk, era) in Clients)
        {
            var report = await RunAsync(bridge.Address, sdk, era, tool, arguments);
            Assert.Equal("legacy", report.GetProperty("eraSpoken").GetString());
            Assert.True(report.GetProperty("failed").GetInt32() == 0, $"{sdk} {era}: {report}\n{string.Join('\n', bridge.Log)}");
            Assert.All(
                (string[])["connect", "tools/list", "tools/call", "end-session"],
                step => Assert.True(report.GetProperty("steps").GetProperty(step).GetProperty("ok").GetBoolean())
            );
        }
    }

    private static async Task<JsonElement> RunAsync(Uri address, string sdk, string era, string tool, string arguments)
    {
        string[] line =
        [
            McpKitFactAttribute.Client,
            .. new[] { "--url", $"{address}", "--sdk", sdk, "--era", era, "--call", tool, "--args", arguments },
            "--header",
            $"Authorization: Bearer {RunningBridge.Token}",
        ];
        using var client = Process.Start(
            new ProcessStartInfo(McpKitFactAttribute.Node, line) { RedirectStandardOutput = true, RedirectStandardError = true }
        )!;
        var (output, errors) = (client.StandardOutput.ReadToEndAsync(), client.StandardError.ReadToEndAsync());
        await client.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(2));
        var text = await output;
        Assert.True(text.StartsWith('{'), $"{text}\n{await errors}");
        return JsonDocument.Parse(text).RootElement;
    }
}
