using System.Buffers;
using System.Text.Json;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Mcp.Messages;

/// <summary>
/// Why a message isn't served, as JSON-RPC says it. A value, not an exception; immutable. Codes are those of JSON-RPC 2.0 and of the
/// revisions' own tables: made-up ones between -32768 and -32000 are forbidden.
/// </summary>
/// <param name="Code">The error's code.</param>
/// <param name="Message">For the caller and its model: what, where and what to do; never anything internal or of another caller.</param>
/// <param name="Status">The HTTP status that the revision 2026-07-28 wants with it.</param>
/// <param name="Reason">The same to the rest of Gateway.</param>
public sealed record McpFault(int Code, string Message, int Status, ReasonCode Reason)
{
    /// <summary>
    /// The HTTP status in the era spoken. In the legacy era a request that was read is answered with 200 whatever became of it: its clients
    /// take 404 for a session that ended, and lose the error of any other.
    /// </summary>
    public int StatusIn(McpEras era) => era == McpEras.Legacy && (Code is McpCodes.MethodNotFound or McpCodes.InvalidParams) ? 200 : Status;

    /// <summary>The error's <c>data</c>, one JSON value; empty for none.</summary>
    public ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>The version that was asked for and isn't spoken; null for any other fault.</summary>
    public string? Requested { get; init; }

    /// <summary>
    /// The same with the versions that would be served, which the specification wants in <c>data</c>. They are part of what
    /// <c>server/discover</c> says, so only the caller knows them.
    /// </summary>
    public McpFault WithSupported(IReadOnlyList<string> versions)
    {
        ArgumentNullException.ThrowIfNull(versions);
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        writer.WriteStartArray("supported"u8);
        foreach (var version in versions)
        {
            writer.WriteStringValue(version);
        }

        writer.WriteEndArray();
        writer.WriteString("requested"u8, Requested ?? "");
        writer.WriteEndObject();
        writer.Flush();
        return this with { Data = buffer.WrittenMemory };
    }
}

/// <summary>Codes of JSON-RPC 2.0 section 5.1 and of MCP (2026-07-28, basic/index, "Error codes").</summary>
public static class McpCodes
{
    public const int ParseError = -32700;
    public const int InvalidRequest = -32600;
    public const int MethodNotFound = -32601;
    public const int InvalidParams = -32602;
    public const int InternalError = -32603;

    /// <value>Headers and body disagree (2026-07-28).</value>
    public const int HeaderMismatch = -32020;

    /// <value>The client didn't declare what the request needs (2026-07-28).</value>
    public const int MissingCapability = -32021;

    /// <value>The version isn't spoken (2026-07-28).</value>
    public const int UnsupportedVersion = -32022;

    /// <value>The user must open a URL first (2025-11-25 only; never in the modern era).</value>
    public const int UrlElicitationRequired = -32042;
}
