using System.Buffers;
using System.Text.Json;
using Gateway.Policy.Canonical;

namespace Gateway.Policy.Rules.Intents;

/// <summary>
/// Reads and normalises an intent request. Strict: what isn't I-JSON (a repeated name, half a surrogate pair, an integer that isn't exact),
/// a wrong type, an unknown word or anything that looks like a secret is an error. Pure; never throws for any bytes.
/// </summary>
public static class IntentReader
{
    private const string SchemaId = "gait.gate.intent_request";
    private const string SchemaVersion = "1.0.0";
    private const string ScriptTool = "script";

    /// <value>4 MiB.</value>
    public const int MaxBytes = 4 * 1024 * 1024;

    public static IntentResult Read(ReadOnlySpan<byte> json)
    {
        if (json.Length > MaxBytes)
        {
            return IntentResult.Refused("", "It is too large.");
        }

        var canonical = new ArrayBufferWriter<byte>();
        if (!CanonicalJson.TryCanonicalise(json, canonical, out var error))
        {
            return IntentResult.Refused("", error);
        }

        using var document = JsonDocument.Parse(canonical.WrittenMemory);
        return document.RootElement.ValueKind == JsonValueKind.Object
            ? ReadObject(document.RootElement)
            : IntentResult.Refused("", "It must be a JSON object.");
    }

    private static IntentResult ReadObject(JsonElement root)
    {
        var errors = new IntentErrors();
        var fields = new JsonFields(root, "", errors);
        ReadExactly(fields, "schema_id", SchemaId);
        ReadExactly(fields, "schema_version", SchemaVersion);
        var steps = fields.Section("script", ScriptFields.Read) ?? [];
        var toolName = steps.Count > 0 ? ScriptTool : fields.Required("tool_name", fields.Lower("tool_name"));
        var context = fields.Section("context", ContextFields.Read) ?? Missing(fields);
        var intent = new RuleIntent
        {
            ToolName = toolName,
            Args = ArgumentFields.Read(fields, "args"),
            Steps = steps,
            Targets = ReadTargets(fields, toolName, steps),
            Provenance = ReadProvenance(fields, steps),
            Skill = fields.Section("skill_provenance", ReadSkill),
            Delegation = fields.Section("delegation", IntentDelegation.Read),
            Context = context,
            CreatedAt = fields.Time("created_at"),
        };
        fields.End();
        return new IntentResult(errors.Any ? null : intent, errors.All, context.RiskClass);
    }

    private static void ReadExactly(JsonFields fields, string name, string only)
    {
        if (fields.Text(name) is { Length: > 0 } text && text != only)
        {
            fields.Fail(name, $"Only {only} is supported.");
        }
    }

    /// <summary>A script without targets of its own touches what its steps touch.</summary>
    private static IReadOnlyList<IntentTargetFact> ReadTargets(JsonFields fields, string toolName, IReadOnlyList<IntentStep> steps)
    {
        var targets = TargetFields.Read(fields, toolName);
        return targets.Count == 0 && steps.Count > 0 ? TargetFields.Normalise(steps.SelectMany(step => step.Targets)) : targets;
    }

    private static IReadOnlyList<ArgProvenance> ReadProvenance(JsonFields fields, IReadOnlyList<IntentStep> steps)
    {
        var provenance = ProvenanceFields.Read(fields);
        return provenance.Count == 0 && steps.Count > 0
            ? ProvenanceFields.Normalise(steps.SelectMany(step => step.Provenance))
            : provenance;
    }

    private static SkillProvenance ReadSkill(JsonFields fields) =>
        new(
            fields.Required("skill_name", fields.Text("skill_name")),
            fields.Text("skill_version"),
            fields.Required("source", fields.Lower("source")),
            fields.Required("publisher", fields.Text("publisher")),
            fields.Digest("digest"),
            fields.Text("signature_key_id")
        );

    private static IntentContext Missing(JsonFields fields)
    {
        fields.Fail("context", "identity, workspace and risk_class are required.");
        return new IntentContext
        {
            Identity = "",
            Workspace = "",
            RiskClass = "",
        };
    }
}
