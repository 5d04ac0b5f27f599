using System.Text.Json;
using Gateway.Policy.Rules.Documents;

namespace Gateway.Gait.Adapters;

/// <summary>Writes a tool call as an intent request.</summary>
internal static class ToolCallJson
{
    public static void Write(Utf8JsonWriter json, ToolCall call)
    {
        json.WriteStartObject();
        json.WriteString("tool_name", call.Name);
        if (call.Steps.Count > 0)
        {
            WriteScript(json, call);
        }
        else
        {
            ActionJson.Write(json, call.Adapter, call.Name, call.Args, call.Targets, call.Provenance);
        }

        WriteIfThere(json, "delegation", call.Delegation);
        json.WriteIfText("created_at", call.CreatedAt);
        ContextRequest.Write(json, call.Context);
        json.WriteEndObject();
    }

    private static void WriteScript(Utf8JsonWriter json, ToolCall call)
    {
        TargetJson.Write(json, call.Targets);
        WriteIfThere(json, "arg_provenance", call.Provenance);
        json.WriteStartObject("script");
        json.WriteStartArray("steps");
        foreach (var step in call.Steps)
        {
            json.WriteStartObject();
            json.WriteString("tool_name", step.Name);
            ActionJson.Write(json, call.Adapter, step.Name, step.Args, step.Targets, step.Provenance);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static void WriteIfThere(Utf8JsonWriter json, string name, JsonElement? value)
    {
        if (value is { } element)
        {
            json.WritePropertyName(name);
            element.WriteTo(json);
        }
    }
}
