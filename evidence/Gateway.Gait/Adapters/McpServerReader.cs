using Gateway.Policy.Rules.Evaluation;
using Gateway.Policy.Rules.Intents;

namespace Gateway.Gait.Adapters;

/// <summary>Which MCP server a native call says it goes to. Never throws for any bytes.</summary>
public static class McpServerReader
{
    /// <summary>Null where the call doesn't say, or can't be read.</summary>
    public static McpServer? Read(ReadOnlySpan<byte> payload)
    {
        if (!StrictDocument.TryParse(payload, out var document))
        {
            return null;
        }

        using (document)
        {
            var errors = new IntentErrors();
            var server = new JsonFields(document.RootElement, "", errors).Section(
                "server",
                fields => new McpServer(fields.Text("server_id"), fields.Text("server_name"))
            );
            return errors.Any || server is { Key.Length: 0 } ? null : server;
        }
    }
}
