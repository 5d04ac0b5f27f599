using System.Text.Json.Nodes;
using Gateway.Evidence.Signing;
using Gateway.Gait.Artifacts;
using Gateway.Policy.Model;

namespace Gateway.Gait.Traces;

/// <summary>
/// Proves one trace with a public key: its text is in its one layout (indented, or canonical on one line), its record in form, and its
/// signature the key's. Never throws for any bytes.
/// </summary>
public static class TraceVerifier
{
    /// <value>4 MiB.</value>
    public const int MaxBytes = 4 * 1024 * 1024;

    /// <param name="name">As a problem is to name the file.</param>
    public static TraceVerification Verify(ReadOnlySpan<byte> text, Ed25519PublicKey key, string name)
    {
        if (text.Length > MaxBytes)
        {
            return Refused(ProblemCodes.TooLarge, name, $"A trace has at most {MaxBytes} bytes.");
        }

        if (!ArtifactJson.TryParse(text, out var trace, out var error))
        {
            return Refused(ProblemCodes.NotCanonical, name, error);
        }

        if (FirstDifference(text, trace) is { } at)
        {
            return new()
            {
                Problem = new ArtifactProblem(
                    ProblemCodes.NotCanonical,
                    name,
                    "Its layout isn't that of a written trace: it was changed by something."
                )
                {
                    Offset = at,
                },
            };
        }

        if (TraceShape.Record.Check(trace) is { } problem)
        {
            return Refused(ProblemCodes.Schema, name, problem);
        }

        var digest = ArtifactJson.DigestWithout(trace, "signature");
        var wrong = ArtifactSignature.Check(trace["signature"] as JsonObject, digest, key, name);
        return new()
        {
            Problem = wrong,
            Trace = trace,
            Digest = digest,
            Signature =
                wrong is null ? SignatureStatus.Verified
                : wrong.Code == ProblemCodes.SignatureMissing ? SignatureStatus.Missing
                : SignatureStatus.Failed,
        };
    }

    /// <summary>Null where the text is in one of the two layouts.</summary>
    private static int? FirstDifference(ReadOnlySpan<byte> text, JsonObject trace)
    {
        var indented = IndentedJson.Write(trace);
        return text.SequenceEqual(indented) || text.SequenceEqual(ArtifactJson.Canonical(trace)) ? null : text.CommonPrefixLength(indented);
    }

    private static TraceVerification Refused(string code, string name, string detail) =>
        new() { Problem = new ArtifactProblem(code, name, detail) };
}

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
