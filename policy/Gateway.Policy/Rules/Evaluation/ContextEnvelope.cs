using Gateway.Policy.Rules.Documents;
using Gateway.Policy.Rules.Intents;

namespace Gateway.Policy.Rules.Evaluation;

/// <summary>An envelope as it is written, its digest not yet compared with its records.</summary>
/// <param name="Mode">Empty where it doesn't say.</param>
internal sealed record ContextEnvelope(string Digest, string Mode, IReadOnlyList<ReferenceRecord> Records)
{
    private const string SchemaId = "gait.context.envelope";

    private static readonly RuleWordSet Modes = new("an evidence mode", "best_effort", "required");

    /// <summary>Reads all of it: a field that isn't known is an error.</summary>
    public static ContextEnvelope Read(JsonFields fields)
    {
        CheckSchema(fields);
        fields.Required("context_set_id", fields.Text("context_set_id"));
        var digest = fields.Required("context_set_digest", fields.Digest("context_set_digest"));
        var mode = fields.Word("evidence_mode", Modes);
        var records = fields.Sections("records", ReferenceRecord.Read);
        fields.End();
        fields.RefuseOthers();
        return new ContextEnvelope(digest, mode, records);
    }

    private static void CheckSchema(JsonFields fields)
    {
        if (fields.Text("schema_id") is not ("" or SchemaId) || fields.Text("schema_version") is not ("" or "1.0.0"))
        {
            fields.Fail("schema_id", $"Only {SchemaId} 1.0.0 is supported.");
        }

        fields.Time("created_at");
        fields.Text("producer_version");
    }
}

/// <summary>A context envelope that was verified before.</summary>
/// <param name="SetDigest">64 hexadecimal digits in lower case.</param>
/// <param name="Mode"><c>best_effort</c> or <c>required</c>.</param>
/// <param name="Refs">Sorted.</param>
/// <param name="AgeSeconds">The largest age of a record, at the time of the decision.</param>
public sealed record ContextEvidence(string SetDigest, string Mode, IReadOnlyList<string> Refs, long AgeSeconds);
