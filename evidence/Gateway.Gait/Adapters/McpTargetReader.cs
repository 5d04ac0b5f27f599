using System.Text.Json;
using Gateway.Policy.Rules.Intents;

namespace Gateway.Gait.Adapters;

/// <summary>Targets of a native call. Hints may be written in snake case, in camel case, or under <c>annotations</c>, which win; but
/// nothing unsays that a target is destructive.</summary>
internal static class McpTargetReader
{
    public static ToolCallTarget Read(JsonFields fields)
    {
        var annotations = fields.Object("annotations");
        return new ToolCallTarget(fields.Text("kind"), fields.Text("value"), fields.Text("operation"))
        {
            Sensitivity = fields.Text("sensitivity"),
            EndpointClass = fields.Text("endpoint_class"),
            EndpointDomain = fields.Text("endpoint_domain"),
            Destructive = fields.Flag("destructive"),
            DiscoveryMethod = ReadMethod(fields, annotations),
            ReadOnlyHint = ReadHint(fields, annotations, "read_only_hint", "readOnlyHint"),
            DestructiveHint =
                fields.Flag("destructive_hint")
                | fields.Flag("destructiveHint")
                | ReadHint(fields, annotations, "destructive_hint", "destructiveHint"),
            IdempotentHint = ReadHint(fields, annotations, "idempotent_hint", "idempotentHint"),
            OpenWorldHint = ReadHint(fields, annotations, "open_world_hint", "openWorldHint"),
        };
    }

    /// <summary>A target that is only a text: a URL with a scheme, a path with a separator, or else a host.</summary>
    public static ToolCallTarget Parse(string value) =>
        new(
            value.Contains("://", StringComparison.Ordinal) ? "url"
                : value.Contains('/') ? "path"
                : "host",
            value,
            ""
        );

    private static string ReadMethod(JsonFields fields, JsonElement? annotations)
    {
        var (snake, camel) = (fields.Text("discovery_method"), fields.Text("discoveryMethod"));
        var annotated = Annotation(annotations, "discovery_method", "discoveryMethod") is { ValueKind: JsonValueKind.String } value
            ? value.GetString()
            : null;
        return annotated ?? (snake.Length > 0 ? snake : camel);
    }

    private static bool ReadHint(JsonFields fields, JsonElement? annotations, string snake, string camel)
    {
        var given = fields.Flag(snake) | fields.Flag(camel);
        return Annotation(annotations, snake, camel) is { } value ? AsFlag(value) ?? given : given;
    }

    private static JsonElement? Annotation(JsonElement? annotations, string snake, string camel) =>
        annotations is not { } values ? null
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
