using Gateway.Samples.Provider.Answering;

namespace Gateway.Samples.Provider.Mcp;

/// <summary>What each method answers, in both generations of the protocol.</summary>
internal static class McpMethods
{
    private const string Capabilities = """{"tools":{},"prompts":{},"resources":{}}""";
    private const string Server = """{"name":"standin-desk","version":"1.0.0"}""";

    /// <returns>The result, as JSON.</returns>
    /// <exception cref="McpError">There is no such method in this generation, or nothing of the name that was asked for.</exception>
    /// <exception cref="RequestBodyException">A parameter is missing or of another type.</exception>
    public static string Run(McpCall call, Definitions definitions, DeskTools tools)
    {
        try
        {
            var members = call.Method switch
            {
                "server/discover" when call.Sessionless => $$"""
                    "supportedVersions":["{{McpCall.Version}}"],"capabilities":{{Capabilities}},"ttlMs":60000,"cacheScope":"private"
                    """,
                "initialize" when !call.Sessionless => $$"""
                    "protocolVersion":"{{Agreed(call)}}","capabilities":{{Capabilities}},"serverInfo":{{Server}}
                    """,
                "ping" when !call.Sessionless => "",
                "tools/list" => Listed("tools", definitions.Tools(), call),
                "prompts/list" => Listed("prompts", Definitions.Prompts, call),
                "resources/list" => Listed("resources", Definitions.Resources, call),
                "resources/templates/list" => Listed("resourceTemplates", "[]", call),
                "tools/call" => tools.Run(call.Required("name"), (call.Parameters ?? default).Object("arguments") ?? default),
                "prompts/get" => Prompt(call),
                "resources/read" => Resource(call),
                _ => throw new McpError(McpError.Unknown, "Method not found.") { Status = call.Sessionless ? 404 : 200 },
            };
            return call.Sessionless ? Complete(members) : $"{{{members}}}";
        }
        catch (RequestBodyException e)
        {
            throw new McpError(McpError.Parameters, e.Message);
        }
    }

    private static string Complete(string members) =>
        $$$"""{"resultType":"complete",{{{members}}},"_meta":{"{{{McpCall.Reserved}}}serverInfo":{{{Server}}} } }""";

    private static string Agreed(McpCall call) =>
        call.Required("protocolVersion") is var asked && McpCall.SessionVersions.Contains(asked) ? asked : McpCall.SessionVersions[0];

    private static string Listed(string name, string items, McpCall call) =>
        // On one line, as servers write it.
        $"\"{name}\":{items.ReplaceLineEndings("")}" + (call.Sessionless ? ",\"ttlMs\":5000,\"cacheScope\":\"private\"" : "");

    private static string Prompt(McpCall call)
    {
        if (call.Required("name") != Definitions.ReplyPrompt)
        {
            throw new McpError(McpError.Parameters, "Unknown prompt.");
        }

        var order = ((call.Parameters ?? default).Object("arguments") ?? default).RequiredText("order");
        var text = Wire.Quote($"Look up order {order}, search the notes on it, and draft a reply to its customer. Send nothing.");
        return $$$"""
            "description":"Drafts a reply","messages":[{"role":"user","content":{"type":"text","text":{{{text}}} } }]
            """;
    }

    private static string Resource(McpCall call)
    {
        var uri = call.Required("uri");
        if (uri != Definitions.PolicyResource)
        {
            throw new McpError(call.Sessionless ? McpError.Parameters : McpError.NoResource, "Resource not found.");
        }

        var cache = call.Sessionless ? ",\"ttlMs\":60000,\"cacheScope\":\"private\"" : "";
        return $$"""
            "contents":[{"uri":{{Wire.Quote(uri)}},"mimeType":"text/markdown","text":{{Wire.Quote(Definitions.PolicyText)}} }]{{cache}}
            """;
    }
}
