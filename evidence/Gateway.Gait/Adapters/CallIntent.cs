using System.Buffers;
using System.Text.Json;
using Gateway.Policy.Rules.Intents;

namespace Gateway.Gait.Adapters;

/// <summary>Makes a call, as an adapter reads it, an intent: each goes through the one reader of intents, with all its checks.</summary>
internal static class CallIntent
{
    public static IntentResult Read(Func<JsonFields, ToolCall> read, JsonElement payload, ToolCallOptions options)
    {
        var errors = new IntentErrors();
        var fields = new JsonFields(payload, "", errors);
        var call = read(fields);
        fields.End();
        if (call.Name.Length == 0 && call.Steps.Count == 0)
        {
            errors.Add("name", "A tool call needs a name.");
        }

        if (options.ExplicitContext)
        {
            RequireContext(call.Context, errors);
        }

        var intent = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(intent))
        {
            ToolCallJson.Write(json, call);
        }

        var result = IntentReader.Read(intent.WrittenSpan);
        return errors.Any ? new IntentResult(null, errors.All, result.RiskClass) : result;
    }

    private static void RequireContext(ToolCallContext context, IntentErrors errors)
    {
        foreach (
            var (name, text) in new[]
            {
                ("identity", context.Identity),
                ("workspace", context.Workspace),
                ("session_id", context.SessionId),
            }
        )
        {
            if (text.Length == 0)
            {
                errors.Add("context." + name, "It is required in this profile.");
            }
        }
    }
}
