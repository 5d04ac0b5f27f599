using System.Text.Json.Nodes;
using Gateway.Gait.Artifacts;
using Gateway.Policy.Model;

namespace Gateway.Gait.Traces;

/// <summary>What verifying a trace gave. The zero value is not verified.</summary>
public sealed record TraceVerification
{
    /// <summary>Null where nothing is wrong.</summary>
    public ArtifactProblem? Problem { get; init; }

    /// <summary>The record with its signature; null where it couldn't be read.</summary>
    public JsonObject? Trace { get; init; }

    /// <summary>Of the record without its signature.</summary>
    public Sha256Digest Digest { get; init; }
    public SignatureStatus Signature { get; init; }

    public bool IsGood => Problem is null && Signature == SignatureStatus.Verified;

    public string TraceId => Trace?.Text("trace_id") ?? "";

    public string Verdict => Trace?.Text("verdict") ?? "";

    /// <summary>The reasons of the decision as a whole: those of its last step.</summary>
    public IReadOnlyList<string> ReasonCodes => Trace?.Objects("step_verdicts").LastOrDefault()?.Texts("reason_codes") ?? [];

    /// <summary>The digest of the trace that it follows; null where it names none.</summary>
    public Sha256Digest? Previous =>
        (Trace?["relationship"] as JsonObject)?.Text("parent_record_id") is { } parent
        && parent.StartsWith(TraceRecord.DigestPrefix, StringComparison.Ordinal)
        && Sha256Digest.TryParse(parent.AsSpan(TraceRecord.DigestPrefix.Length), out var digest)
            ? digest
            : null;
}
