using System.Text.Json;
using Gateway.Samples.Provider.Answering;

namespace Gateway.Samples.Provider.Mcp;

/// <summary>One JSON-RPC message of a client's.</summary>
/// <param name="Id">As JSON; null for a notification.</param>
/// <param name="Method">Null for a client's response.</param>
internal sealed record McpCall(string? Id, string? Method, JsonElement? Parameters)
{
    public const string Version = "2026-07-28";
    public const string VersionHeader = "mcp-protocol-version";
    public const string Reserved = "io.modelcontextprotocol/";

    public static readonly string[] SessionVersions = ["2025-11-25", "2025-06-18", "2025-03-26"];

    public JsonElement? Meta => Parameters?.Object("_meta");

    /// <summary>Of a request that wants to hear of its progress.</summary>
    public JsonElement? ProgressToken => Meta is { } meta && meta.TryGetProperty("progressToken", out var token) ? token : null;

    /// <value>The protocol that the message names; null in one with sessions.</value>
    public string? NamedVersion => Meta?.Text(Reserved + "protocolVersion");

    /// <summary>Whether the request was read as one of the protocol without sessions.</summary>
    public bool Sessionless { get; private set; }

    /// <exception cref="McpError">It is no message.</exception>
    public static McpCall Read(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object || body.Text("jsonrpc") != "2.0")
        {
            throw new McpError(McpError.Invalid, "One JSON-RPC 2.0 message a request.") { Status = StatusCodes.Status400BadRequest };
        }

        var hasId = body.TryGetProperty("id", out var id);
        var isId = id.ValueKind == JsonValueKind.String || (id.ValueKind == JsonValueKind.Number && id.TryGetInt64(out _));
        return hasId && !isId
            ? throw new McpError(McpError.Invalid, "An id is a text or a whole number.") { Status = StatusCodes.Status400BadRequest }
            : new McpCall(hasId ? id.GetRawText() : null, body.Text("method"), body.Object("params"));
    }

    /// <summary>The message or its header tells, not the method: a client of both protocols finds out by what it is answered.</summary>
    public bool IsSessionless(IHeaderDictionary headers)
    {
        var header = headers[VersionHeader].ToString();
        return Sessionless = NamedVersion is not null || (header.Length > 0 && !SessionVersions.Contains(header));
    }

    /// <exception cref="RequestBodyException">It isn't there.</exception>
    public string Required(string name) => (Parameters ?? default).RequiredText(name);
}
