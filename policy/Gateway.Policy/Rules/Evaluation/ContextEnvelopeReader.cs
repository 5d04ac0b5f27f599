using System.Buffers;
using System.Text.Json;
using Gateway.Cel.Text;
using Gateway.Policy.Canonical;
using Gateway.Policy.Model;
using Gateway.Policy.Rules.Documents;
using Gateway.Policy.Rules.Intents;

namespace Gateway.Policy.Rules.Evaluation;

/// <summary>A context envelope that was verified before.</summary>
/// <param name="SetDigest">64 hexadecimal digits in lower case.</param>
/// <param name="Mode"><c>best_effort</c> or <c>required</c>.</param>
/// <param name="Refs">Sorted.</param>
/// <param name="AgeSeconds">The largest age of a record, at the time of the decision.</param>
public sealed record ContextEvidence(string SetDigest, string Mode, IReadOnlyList<string> Refs, long AgeSeconds);

/// <summary>
/// Reads a context envelope (<c>gait.context.envelope</c> 1.0.0) and recomputes its digest. That proves that it is whole, not who made it:
/// it isn't signed. Never throws for any bytes.
/// </summary>
public static class ContextEnvelopeReader
{
    /// <value>1 MiB.</value>
    public const int MaxBytes = 1024 * 1024;

    private const string SchemaId = "gait.context.envelope";

    private static readonly RuleWordSet Modes = new("an evidence mode", "best_effort", "required");

    /// <param name="now">The moment of judging: a record from after it is no evidence.</param>
    /// <returns>The evidence, or why there is none; never both.</returns>
    public static (ContextEvidence? Evidence, string Problem) Read(ReadOnlySpan<byte> json, DateTimeOffset now)
    {
        if (json.Length > MaxBytes || !StrictDocument.TryParse(json, out var document))
        {
            return (null, "It isn't one JSON object of at most 1 MiB.");
        }

        using (document)
        {
            return Read(document.RootElement, now);
        }
    }

    private static (ContextEvidence? Evidence, string Problem) Read(JsonElement root, DateTimeOffset now)
    {
        var errors = new IntentErrors();
        var fields = new JsonFields(root, "", errors);
        CheckSchema(fields);
        fields.Required("context_set_id", fields.Text("context_set_id"));
        var given = fields.Required("context_set_digest", fields.Digest("context_set_digest"));
        var mode = fields.Word("evidence_mode", Modes);
        var records = fields.Sections("records", ReferenceRecord.Read);
        fields.End();
        fields.RefuseOthers();
        if (errors.Any)
        {
            return (null, string.Join(' ', errors.All.Select(error => $"{error.Field}: {error.Problem}")));
        }

        return records.Count == 0 ? (null, "It has no records.")
            : given != Digest(records) ? (null, "Its context_set_digest isn't that of its records.")
            : records.Any(record => record.RetrievedAt.Utc > now.UtcDateTime) ? (null, "It has a record from after the moment of judging.")
            : (Evidence(given, mode, records, now), "");
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

    private static ContextEvidence Evidence(string digest, string mode, IReadOnlyList<ReferenceRecord> records, DateTimeOffset now)
    {
        var oldest = records.Min(record => record.RetrievedAt.Utc);
        return new ContextEvidence(
            digest,
            mode.Length > 0 ? mode : "best_effort",
            CodeList.Normalise(records.Select(record => record.RefId)),
            (long)Math.Ceiling((now.UtcDateTime - oldest).TotalSeconds)
        );
    }

    /// <summary>Of the records alone, in an order of their own, so that theirs in the file doesn't matter.</summary>
    private static string Digest(IReadOnlyList<ReferenceRecord> records)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartArray();
            foreach (
                var record in records
                    .OrderBy(r => r.RefId, CodePointOrder.Instance)
                    .ThenBy(r => r.SourceType, CodePointOrder.Instance)
                    .ThenBy(r => r.SourceLocator, CodePointOrder.Instance)
                    .ThenBy(r => r.ContentDigest, CodePointOrder.Instance)
            )
            {
                record.Write(writer);
            }

            writer.WriteEndArray();
        }

        return Sha256Digest.Compute(CanonicalJson.Canonicalise(buffer.WrittenSpan)).ToString();
    }
}
