using System.Text.Json;

namespace Gateway.Gait.Adapters;

/// <summary>Writes one action of a call into its intent request: its arguments, what they touch and where they come from.</summary>
internal static class ActionJson
{
    public static void Write(
        Utf8JsonWriter json,
        string adapter,
        string name,
        JsonElement? args,
        IReadOnlyList<ToolCallTarget> targets,
        JsonElement? provenance
    )
    {
        ToolCallJson.WriteIfThere(json, "args", args);
        TargetJson.Write(json, targets.Count > 0 ? targets : ArgumentTargets.Find(name, args));
        if (provenance is { } given && (given.ValueKind != JsonValueKind.Array || given.GetArrayLength() > 0))
        {
            ToolCallJson.WriteIfThere(json, "arg_provenance", provenance);
            return;
        }

        WriteAssumedProvenance(json, adapter, args);
    }

    /// <summary>
    /// Nobody says where the arguments of a model's call come from. Whatever the model read may be in them, so they count as external.
    /// </summary>
    private static void WriteAssumedProvenance(Utf8JsonWriter json, string adapter, JsonElement? args)
    {
        json.WriteStartArray("arg_provenance");
        if (args is { ValueKind: JsonValueKind.Object } values)
        {
            foreach (var name in values.EnumerateObject().Select(property => property.Name.Trim()).Where(name => name.Length > 0))
            {
                json.WriteStartObject();
                json.WriteString("arg_path", "args." + name);
                json.WriteString("source", "external");
                json.WriteString("source_ref", "adapter:" + adapter);
                json.WriteEndObject();
            }
        }

        json.WriteEndArray();
    }
}
