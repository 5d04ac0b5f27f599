using System.Text.Json;
using Gateway.Policy.Rules.Documents;

namespace Gateway.Gait.Adapters;

/// <summary>Writes what a call touches into its intent request.</summary>
internal static class TargetJson
{
    public static void Write(Utf8JsonWriter json, IReadOnlyList<ToolCallTarget> targets)
    {
        json.WriteStartArray("targets");
        foreach (var target in targets)
        {
            json.WriteStartObject();
            json.WriteString("kind", target.Kind);
            json.WriteString("value", target.Value);
            json.WriteIfText("operation", target.Operation);
            json.WriteIfText("sensitivity", target.Sensitivity);
            json.WriteIfText("endpoint_class", target.EndpointClass);
            json.WriteIfText("endpoint_domain", target.EndpointDomain);
            json.WriteIfText("discovery_method", target.DiscoveryMethod);
            json.WriteIfTrue("destructive", target.Destructive);
            json.WriteIfTrue("read_only_hint", target.ReadOnlyHint);
            json.WriteIfTrue("destructive_hint", target.DestructiveHint);
            json.WriteIfTrue("idempotent_hint", target.IdempotentHint);
            json.WriteIfTrue("open_world_hint", target.OpenWorldHint);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
