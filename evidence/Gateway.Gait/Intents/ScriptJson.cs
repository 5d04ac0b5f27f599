using System.Text.Json;
using Gateway.Policy.Rules.Documents;
using Gateway.Policy.Rules.Intents;

namespace Gateway.Gait.Intents;

/// <summary>The steps of a script as they are digested, and where their arguments come from.</summary>
internal static class ScriptJson
{
    public static void Write(Utf8JsonWriter json, IReadOnlyList<IntentStep> steps)
    {
        json.WriteStartObject();
        json.WriteStartArray("steps");
        foreach (var step in steps)
        {
            json.WriteStartObject();
            json.WriteString("tool_name", step.ToolName);
            json.WritePropertyName("args");
            json.WriteRawValue(step.Args.Span, skipInputValidation: true);
            if (step.Targets.Count > 0)
            {
                json.WritePropertyName("targets");
                TargetDigest.Write(json, step.Targets);
            }

            WriteProvenance(json, step.Provenance);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static void WriteProvenance(Utf8JsonWriter json, IReadOnlyList<ArgProvenance> provenance)
    {
        if (provenance.Count == 0)
        {
            return;
        }

        json.WriteStartArray("arg_provenance");
        foreach (var entry in provenance)
        {
            json.WriteStartObject();
            json.WriteString("arg_path", entry.ArgPath);
            json.WriteString("source", entry.Source);
            json.WriteIfText("source_ref", entry.SourceRef);
            json.WriteIfText("integrity_digest", entry.IntegrityDigest);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
