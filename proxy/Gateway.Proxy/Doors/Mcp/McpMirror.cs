using Gateway.Connectors.Mcp.Messages;
using Gateway.Policy.Model;

namespace Gateway.Proxy.Doors.Mcp;

/// <summary>The headers that say what the body says: whoever goes by them must not be told something else.</summary>
internal static class McpMirror
{
    /// <summary>Why headers and body don't agree; null where they do.</summary>
    public static Refusal? RefusalOf(McpRequest request, CheckedDefinition? definition, IHeaderDictionary headers, McpReplies replies)
    {
        if (request.Method is not { } method)
        {
            return null;
        }

        var lines = new McpHeaderLines();
        foreach (var (name, values) in headers)
        {
            for (var i = 0; i < values.Count; i++)
            {
                lines.Add(name, values[i] ?? "");
            }
        }

        return McpHeaders.TryAgree(
            request.Message,
            request.Body.Span,
            method,
            request.Era,
            lines,
            definition?.Mirrored ?? [],
            out var fault
        )
            ? null
            : replies.Fail(fault);
    }

    /// <summary>Those that the tool's schema names, in lower case: what no schema names nobody has held against anything.</summary>
    public static IReadOnlyList<string> NamesOf(CheckedDefinition? definition) =>
        definition is { Mirrored.Length: > 0 } ? definition.MirroredNames : [];
}
