using System.Text;
using System.Text.Json;
using Gateway.Proxy.Tests.Running;

namespace Gateway.Proxy.Tests.Doors.Mcp;

/// <summary>A client that sends exactly what a test says, by one agent's key.</summary>
internal sealed class McpCaller(RunningGateway gateway, string key, string connector = "fixture")
{
    private const string Meta =
        """{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientInfo":{"name":"t","version":"1"},"io.modelcontextprotocol/clientCapabilities":{"sampling":{},"elicitation":{"form":{},"url":{}},"roots":{},"extensions":{"io.modelcontextprotocol/tasks":{}}}}""";

    private int _next;

    public Uri Address => new(gateway.Address, $"mcp/{connector}");

    /// <summary>A request of the modern era.</summary>
    /// <param name="parameters">Members of <c>params</c> beside <c>_meta</c>.</param>
    /// <param name="name">The value of <c>Mcp-Name</c>; empty for none.</param>
    public Task<McpReplied> ModernAsync(string method, string parameters = "", string name = "")
    {
        var body = Modern(method, parameters, Interlocked.Increment(ref _next));
        List<(string, string)> headers = [("MCP-Protocol-Version", "2026-07-28"), ("Mcp-Method", method)];
        if (name.Length > 0)
        {
            headers.Add(("Mcp-Name", name));
        }

        return SendAsync(body, [.. headers]);
    }

    /// <summary>The body of a request of the modern era.</summary>
    public static string Modern(string method, string parameters, int id = 1)
    {
        var more = parameters.Length == 0 ? "" : parameters + ",";
        return $"{{\"jsonrpc\":\"2.0\",\"id\":{id},\"method\":\"{method}\",\"params\":{{{more}\"_meta\":{Meta}}}}}";
    }

    /// <summary>A call of a tool in the modern era.</summary>
    /// <param name="arguments">An object; empty for none.</param>
    /// <param name="more">Further members of <c>params</c>, each behind a comma.</param>
    public Task<McpReplied> CallAsync(string tool, string arguments = "{}", string more = "") =>
        ModernAsync("tools/call", $"\"name\":\"{tool}\",\"arguments\":{arguments}{more}", tool);

    public async Task<McpReplied> SendAsync(string body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Address)
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)),
        };
        request.Content.Headers.Add("Content-Type", "application/json");
        request.Headers.Add("Accept", "application/json, text/event-stream");
        request.Headers.Add("Authorization", $"Bearer {key}");
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await gateway.SendAsync(request);
        return new McpReplied(
            (int)response.StatusCode,
            await response.Content.ReadAsStringAsync(),
            response.Headers.TryGetValues("Mcp-Session-Id", out var session) ? session.Single() : null
        );
    }
}

/// <summary>What came back.</summary>
/// <param name="Text">The body, or all events.</param>
/// <param name="Session">The header; null for none.</param>
internal sealed record McpReplied(int Status, string Text, string? Session)
{
    /// <summary>The last message of it.</summary>
    public JsonElement Message =>
        JsonDocument
            .Parse(
                Text.StartsWith('{')
                    ? Text
                    : Text.Split('\n').Last(line => line.StartsWith("data: {", StringComparison.Ordinal))["data: ".Length..]
            )
            .RootElement;

    public JsonElement Result =>
        Message.TryGetProperty("result", out var result) && !Text.Contains("isError\":true", StringComparison.Ordinal)
            ? result
            : throw new InvalidOperationException(Text);

    public JsonElement Error => Message.TryGetProperty("error", out var error) ? error : throw new InvalidOperationException(Text);

    public int Code => Error.GetProperty("code").GetInt32();

    /// <summary>Whether a tool's result says that it failed, or was refused.</summary>
    public bool IsError => Result.TryGetProperty("isError", out var isError) && isError.GetBoolean();

    /// <summary>The first text of a tool's result.</summary>
    public string Content => Result.GetProperty("content")[0].GetProperty("text").GetString()!;
}
