using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Gateway.Testing;

namespace Gateway.Proxy.Tests.Doors.Mcp;

/// <summary>A server of both eras with all that the official suite asks for, as a process of its own.</summary>
internal sealed class McpFixture : IAsyncDisposable
{
    private static readonly HttpMessageInvoker Http = new(new SocketsHttpHandler { UseProxy = false });

    private readonly Process _process;

    private McpFixture(Process process, Uri control) => (_process, Control) = (process, control);

    /// <summary>Where the test looks at it, past any gateway.</summary>
    public Uri Control { get; }

    public Uri Address => new(Control, "/mcp");

    public static async Task<McpFixture> StartAsync(params string[] arguments)
    {
        var port = FreePort.Next();
        var process = McpKit.Start("fixture.mjs", ["--port", $"{port}", .. arguments]);
        await process.StandardError.ReadLineAsync(); // It says so once it listens.
        return new McpFixture(process, new Uri($"http://127.0.0.1:{port}"));
    }

    /// <summary>What the server saw.</summary>
    public async Task<JsonElement> StateAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Control, "/__kit/state"));
        using var response = await Http.SendAsync(request, CancellationToken.None);
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
    }

    public async Task PostAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Control, path));
        using var response = await Http.SendAsync(request, CancellationToken.None);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>The names of what it lists.</summary>
    /// <param name="list">Such as <c>tools</c>.</param>
    public async Task<string[]> NamesAsync(string list)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Address)
        {
            Content = new StringContent(
                $$$$$"""
                {"jsonrpc":"2.0","id":1,"method":"{{{{{list}}}}}/list","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientInfo":{"name":"test","version":"1"},"io.modelcontextprotocol/clientCapabilities":{}}}}
                """,
                Encoding.UTF8,
                "application/json"
            ),
        };
        request.Headers.Add("Accept", "application/json, text/event-stream");
        request.Headers.Add("MCP-Protocol-Version", "2026-07-28");
        request.Headers.Add("Mcp-Method", $"{list}/list");
        using var response = await Http.SendAsync(request, CancellationToken.None);
        var text = await response.Content.ReadAsStringAsync();
        var json = text[text.IndexOf('{', StringComparison.Ordinal)..];
        return
        [
            .. JsonDocument
                .Parse(json)
                .RootElement.GetProperty("result")
                .GetProperty(list)
                .EnumerateArray()
                .Select(one => one.GetProperty("name").GetString()!),
        ];
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
