using System.Text.Json;
using Gateway.Policy.Rules.Intents;

namespace Gateway.Gait.Adapters;

/// <summary>
/// What an MCP server says of a target: written in snake case, in camel case, or under <c>annotations</c>, which win.
/// </summary>
internal sealed class TargetHints(JsonFields fields)
{
    private readonly JsonElement? _annotations = fields.Object("annotations");

    public string ReadMethod()
    {
        var (snake, camel) = (fields.Text("discovery_method"), fields.Text("discoveryMethod"));
        var annotated = Annotation("discovery_method", "discoveryMethod") is { ValueKind: JsonValueKind.String } value
            ? value.GetString()
            : null;
        return annotated ?? (snake.Length > 0 ? snake : camel);
    }

    public bool ReadHint(string snake, string camel)
    {
        var given = fields.Flag(snake) | fields.Flag(camel);
        return Annotation(snake, camel) is { } value ? AsFlag(value) ?? given : given;
    }

    private JsonElement? Annotation(string snake, string camel) =>
        _annotations is not { } values ? null
        : values.TryGetProperty(snake, out var value) ? value
        : values.TryGetProperty(camel, out value) ? value
        : null;

    private static bool? AsFlag(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.String => value.GetString()!.Trim().ToLowerInvariant() switch
            {
                "true" => true,
                "false" => false,
                _ => null,
            },
            _ => null,
        };
}
