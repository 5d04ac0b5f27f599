using Gateway.Policy.Canonical;
using Gateway.Policy.Model;

namespace Gateway.Evidence.Records;

/// <summary>How a decision ended.</summary>
public sealed record OutcomeRecord : IJournalRecord
{
    public required string DecisionId { get; init; }
    public required OutcomeStatus Status { get; init; }

    /// <summary>Why it wasn't completed; <see cref="ReasonCode.None"/> for nothing to say.</summary>
    public ReasonCode Reason { get; init; }

    /// <summary>The status that the system behind answered with; null for no answer.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>Digest of the bytes that were delivered; null for none.</summary>
    public Sha256Digest? Response { get; init; }

    /// <value>Bytes of the answer's body that went to the caller.</value>
    public long BytesDelivered { get; init; }

    /// <summary>As the provider counts them; null where it didn't say.</summary>
    public long? InputTokens { get; init; }

    /// <summary>As the provider counts them; null where it didn't say.</summary>
    public long? OutputTokens { get; init; }

    /// <summary>What was kept of the answer; null where its connector keeps none, or there was none.</summary>
    public KeptBody? Kept { get; init; }

    /// <value>Times that the action was sent; on record where it was more than once.</value>
    public int Attempts { get; init; }

    /// <summary>Null where nobody measured.</summary>
    public OutcomeTimings? Timings { get; init; }

    public RecordType Type => RecordType.Outcome;

    public void WriteBody(CanonicalJsonWriter writer)
    {
        writer.StartObject();
        writer.Member("attempts"u8, Attempts > 1 ? Attempts : null);
        writer.Member("bytes_delivered"u8, BytesDelivered);
        writer.Member("decision_id"u8, DecisionId);
        writer.Member("http_status"u8, HttpStatus);
        Kept?.Write(writer);
        writer.Member("reason"u8, Reason == ReasonCode.None ? null : Reasons.Of(Reason).Code);
        writer.Member("response_digest"u8, Response);
        writer.Member("status"u8, RecordNames.Of(Status));
        WriteTimings(writer);
        WriteUsage(writer);
        writer.EndObject();
    }

    private void WriteTimings(CanonicalJsonWriter writer)
    {
        if (Timings is not { } timings)
        {
            return;
        }

        writer.Name("timings_us"u8);
        writer.StartObject();
        writer.Member("admission"u8, timings.Admission);
        writer.Member("credential"u8, timings.Credential);
        writer.Member("policy"u8, timings.Policy);
        writer.Member("total"u8, timings.Total);
        writer.Member("upstream"u8, timings.Upstream);
        writer.EndObject();
    }

    private void WriteUsage(CanonicalJsonWriter writer)
    {
        if (InputTokens is null && OutputTokens is null)
        {
            return;
        }

        writer.Name("usage"u8);
        writer.StartObject();
        writer.Member("input_tokens"u8, InputTokens);
        writer.Member("output_tokens"u8, OutputTokens);
        writer.EndObject();
    }
}

/// <summary>How what was decided ended. Unset claims nothing.</summary>
public enum OutcomeStatus
{
    /// <summary>The process ended before it knew; written by the next start.</summary>
    OutcomeUnknown = 0,

    /// <summary>The answer was delivered whole.</summary>
    Completed = 1,

    /// <summary>Nothing was sent.</summary>
    Refused = 2,

    /// <summary>The system behind failed, or nobody knows whether it acted.</summary>
    Failed = 3,

    /// <summary>The caller went away.</summary>
    Cancelled = 4,

    /// <summary>Gateway ended the answer before its end.</summary>
    Cut = 5,
}

/// <summary>Where the time of a request went. Microseconds.</summary>
/// <param name="Upstream">From sending to the last byte of the system's answer; 0 where nothing was sent.</param>
public readonly record struct OutcomeTimings(long Admission, long Policy, long Credential, long Upstream, long Total);
