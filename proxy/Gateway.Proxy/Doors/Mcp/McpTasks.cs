using System.Text.Json;
using Gateway.Connectors.Json;
using Gateway.Connectors.Mcp.Messages;

namespace Gateway.Proxy.Doors.Mcp;

/// <summary>The tasks extension, as far as a request says that its client knows it.</summary>
internal static class McpTasks
{
    private static readonly McpFault Undeclared = McpFaults.MissingCapability("{\"extensions\":{\"io.modelcontextprotocol/tasks\":{}}}"u8);

    /// <summary>What a client that didn't declare the extension is told; null for one that did.</summary>
    public static McpFault? FaultOf(McpRequest request) =>
        IsDeclared(request.Message.MetaCapabilities.Of(request.Body.Span)) ? null : Undeclared;

    private static bool IsDeclared(ReadOnlySpan<byte> capabilities)
    {
        var reader = new Utf8JsonReader(capabilities, new JsonReaderOptions { MaxDepth = StrictJsonReader.MaxDepth });
        var isInside = false;
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName)
            {
                continue;
            }

            if (reader.CurrentDepth == 1)
            {
                isInside = reader.ValueTextEquals("extensions"u8);
            }
            else if (isInside && reader.CurrentDepth == 2 && reader.ValueTextEquals("io.modelcontextprotocol/tasks"u8))
            {
                return true;
            }
        }

        return false;
    }
}
