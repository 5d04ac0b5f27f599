using Gateway.Policy.Rules.Intents;

namespace Gateway.Gait.Adapters;

/// <summary>Targets of a native call. Its hints may be unsaid by an annotation; but nothing unsays that a target is destructive.</summary>
internal static class McpTargetReader
{
    public static ToolCallTarget Read(JsonFields fields)
    {
        var hints = new TargetHints(fields);
        return new ToolCallTarget(fields.Text("kind"), fields.Text("value"), fields.Text("operation"))
        {
            Sensitivity = fields.Text("sensitivity"),
            EndpointClass = fields.Text("endpoint_class"),
            EndpointDomain = fields.Text("endpoint_domain"),
            Destructive = fields.Flag("destructive"),
            DiscoveryMethod = hints.ReadMethod(),
            ReadOnlyHint = hints.ReadHint("read_only_hint", "readOnlyHint"),
            DestructiveHint =
                fields.Flag("destructive_hint") | fields.Flag("destructiveHint") | hints.ReadHint("destructive_hint", "destructiveHint"),
            IdempotentHint = hints.ReadHint("idempotent_hint", "idempotentHint"),
            OpenWorldHint = hints.ReadHint("open_world_hint", "openWorldHint"),
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
}
