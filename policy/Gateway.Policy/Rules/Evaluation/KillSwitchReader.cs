using Gateway.Policy.Rules.Documents;
using Gateway.Policy.Rules.Intents;

namespace Gateway.Policy.Rules.Evaluation;

/// <summary>
/// Reads a kill-switch state (<c>gait.gate.kill_switch_state</c> 1.0.0). One that can't be read in full is unavailable. Never throws for
/// any bytes.
/// </summary>
public static class KillSwitchReader
{
    private const string SchemaId = "gait.gate.kill_switch_state";

    public static KillSwitch Read(ReadOnlySpan<byte> json)
    {
        if (!StrictDocument.TryParse(json, out var document))
        {
            return KillSwitch.Unavailable;
        }

        using (document)
        {
            var errors = new IntentErrors();
            var fields = new JsonFields(document.RootElement, "", errors);
            var entries = fields.Sections("entries", ReadEntry);
            var named = fields.Text("schema_id") is "" or SchemaId && fields.Text("schema_version") is "" or "1.0.0";
            var dated = !fields.Time("created_at").IsZero && !fields.Time("updated_at").IsZero;
            fields.End();
            return errors.Any || !named || !dated ? KillSwitch.Unavailable : new KillSwitch(KillSwitchStatus.Known, entries);
        }
    }

    private static KillSwitchEntry ReadEntry(JsonFields fields)
    {
        var entry = new KillSwitchEntry
        {
            EntryId = fields.Text("entry_id"),
            Enabled = fields.Flag("enabled"),
            AgentId = fields.Text("agent_id"),
            Identity = fields.Text("identity"),
            ToolName = fields.Lower("tool_name"),
            TargetKind = fields.Word("target_kind", RuleWords.TargetKinds),
            TargetValue = fields.Text("target_value"),
            Environment = fields.Lower("environment"),
            PathPrefixes = ReadPrefixes(fields, "path_prefixes"),
            WorkspacePrefixes = ReadPrefixes(fields, "workspace_prefixes"),
            ExpiresAt = fields.Time("expires_at"),
        };
        if (fields.Time("created_at").IsZero)
        {
            fields.Fail("created_at", "It is required.");
        }

        return entry;
    }

    private static string[] ReadPrefixes(JsonFields fields, string name) =>
        CodeList.Normalise(fields.List(name).Select(CleanedPath.ForMatching).Where(path => path != "."));
}
