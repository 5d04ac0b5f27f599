using System.Text;
using Gateway.Samples.Provider.Answering;

namespace Gateway.Samples.Provider.Mcp;

/// <summary>The headers of the protocol without sessions repeat what the body says: what differs is refused.</summary>
internal static class McpHeaders
{
    private const string Begin = "=?base64?";
    private const string End = "?=";

    /// <exception cref="McpError">A header is missing or says something else, or the version isn't spoken.</exception>
    public static void Check(McpCall call, IHeaderDictionary headers)
    {
        var version = headers[McpCall.VersionHeader].ToString();
        if (version.Length == 0)
        {
            throw Mismatch("MCP-Protocol-Version is missing");
        }

        if (call.NamedVersion is not { } named || call.Meta?.Object(McpCall.Reserved + "clientCapabilities") is null)
        {
            throw new McpError(McpError.Parameters, "_meta lacks the protocol's version or the client's capabilities.")
            {
                Status = StatusCodes.Status400BadRequest,
            };
        }

        if (named != version)
        {
            throw Mismatch("MCP-Protocol-Version isn't that of _meta");
        }

        if (named != McpCall.Version)
        {
            throw new McpError(McpError.Version, "Unsupported protocol version.")
            {
                Status = StatusCodes.Status400BadRequest,
                Detail = $$"""{"supported":["{{McpCall.Version}}"],"requested":{{Wire.Quote(named)}}}""",
            };
        }

        // Official clients send a notification without.
        if (call.Id is not null)
        {
            CheckNames(call, headers);
        }
    }

    private static void CheckNames(McpCall call, IHeaderDictionary headers)
    {
        if (headers["mcp-method"].ToString() != call.Method)
        {
            throw Mismatch("Mcp-Method isn't the body's");
        }

        var name = call.Method switch
        {
            "tools/call" or "prompts/get" => call.Parameters?.Text("name"),
            "resources/read" => call.Parameters?.Text("uri"),
            _ => null,
        };
        if (name is not null && Decode(headers["mcp-name"].ToString()) != name)
        {
            throw Mismatch("Mcp-Name isn't the body's");
        }
    }

    private static string Decode(string header)
    {
        if (!header.StartsWith(Begin, StringComparison.Ordinal) || !header.EndsWith(End, StringComparison.Ordinal))
        {
            return header;
        }

        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(header[Begin.Length..^End.Length]));
        }
        catch (FormatException)
        {
            throw Mismatch("Mcp-Name isn't base64");
        }
    }

    private static McpError Mismatch(string what) =>
        new(McpError.Header, $"Header mismatch: {what}.") { Status = StatusCodes.Status400BadRequest };
}
