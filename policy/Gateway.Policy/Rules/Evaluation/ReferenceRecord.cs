using System.Text.Json;
using Gateway.Policy.Rules.Documents;
using Gateway.Policy.Rules.Intents;

namespace Gateway.Policy.Rules.Evaluation;

/// <summary>One piece of context in an envelope: where it came from, when, and the digests of the question and of what was found.</summary>
internal sealed record ReferenceRecord(
    string RefId,
    string SourceType,
    string SourceLocator,
    string QueryDigest,
    string ContentDigest,
    GoTime RetrievedAt,
    string RedactionMode,
    string Immutability
)
{
    private static readonly RuleWordSet Immutabilities = new("an immutability", "immutable", "mutable", "unknown");

    private string SensitivityLabel { get; init; } = "";

    private long FreshnessSeconds { get; init; }

    /// <summary>Null for none, or for an empty object.</summary>
    private JsonElement? RetrievalParams { get; init; }

    public static ReferenceRecord Read(JsonFields fields)
    {
        var record = new ReferenceRecord(
            fields.Required("ref_id", fields.Text("ref_id")),
            fields.Required("source_type", fields.Text("source_type")),
            fields.Required("source_locator", fields.Text("source_locator")),
            fields.Required("query_digest", fields.Digest("query_digest")),
            fields.Required("content_digest", fields.Digest("content_digest")),
            ReadTime(fields),
            fields.Required("redaction_mode", fields.Text("redaction_mode")),
            fields.Word("immutability", Immutabilities) is { Length: > 0 } word ? word : "unknown"
        )
        {
            SensitivityLabel = fields.Text("sensitivity_label"),
            FreshnessSeconds = fields.Number("freshness_sla_seconds"),
            RetrievalParams = fields.Object("retrieval_params") is { } parameters && parameters.EnumerateObject().Any() ? parameters : null,
        };
        fields.RefuseOthers(); // What the digest covers must be all that is said.
        return record;
    }

    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("ref_id", RefId);
        writer.WriteString("source_type", SourceType);
        writer.WriteString("source_locator", SourceLocator);
        writer.WriteString("query_digest", QueryDigest);
        writer.WriteString("content_digest", ContentDigest);
        writer.WriteString("retrieved_at", RetrievedAt.ToString());
        writer.WriteString("redaction_mode", RedactionMode);
        writer.WriteString("immutability", Immutability);
        if (SensitivityLabel.Length > 0)
        {
            writer.WriteString("sensitivity_label", SensitivityLabel);
        }

        if (FreshnessSeconds > 0)
        {
            writer.WriteNumber("freshness_sla_seconds", FreshnessSeconds);
        }

        if (RetrievalParams is { } parameters)
        {
            writer.WritePropertyName("retrieval_params");
            parameters.WriteTo(writer);
        }

        writer.WriteEndObject();
    }

    /// <summary>Evidence without a time could be of any age.</summary>
    private static GoTime ReadTime(JsonFields fields)
    {
        var time = fields.Time("retrieved_at");
        if (time.IsZero)
        {
            fields.Fail("retrieved_at", "It is required.");
        }

        return time;
    }
}
