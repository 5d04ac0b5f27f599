using System.Text.Json;
using Gateway.Policy.Rules.Intents;

namespace Gateway.Policy.Rules.Evaluation;

/// <summary>
/// Reads a context envelope (<c>gait.context.envelope</c> 1.0.0) and recomputes its digest. That proves that it is whole, not who made it:
/// it isn't signed. Never throws for any bytes.
/// </summary>
public static class ContextEnvelopeReader
{
    /// <value>1 MiB.</value>
    public const int MaxBytes = 1024 * 1024;

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
        var envelope = ContextEnvelope.Read(fields);
        if (errors.Any)
        {
            return (null, string.Join(' ', errors.All.Select(error => $"{error.Field}: {error.Problem}")));
        }

        return envelope.Records.Count == 0 ? (null, "It has no records.")
            : envelope.Digest != ContextSetDigest.Of(envelope.Records) ? (null, "Its context_set_digest isn't that of its records.")
            : envelope.Records.Any(record => record.RetrievedAt.Utc > now.UtcDateTime)
                ? (null, "It has a record from after the moment of judging.")
            : (Evidence(envelope, now), "");
    }

    private static ContextEvidence Evidence(ContextEnvelope envelope, DateTimeOffset now)
    {
        var oldest = envelope.Records.Min(record => record.RetrievedAt.Utc);
        return new ContextEvidence(
            envelope.Digest,
            envelope.Mode.Length > 0 ? envelope.Mode : "best_effort",
            CodeList.Normalise(envelope.Records.Select(record => record.RefId)),
            (long)Math.Ceiling((now.UtcDateTime - oldest).TotalSeconds)
        );
    }
}
