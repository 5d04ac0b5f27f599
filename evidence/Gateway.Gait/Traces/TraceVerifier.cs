using System.Text.Json.Nodes;
using Gateway.Evidence.Signing;
using Gateway.Gait.Artifacts;

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
            return Refused(ProblemCodes.NotCanonical, name, "Its layout isn't that of a written trace: it was changed by something.", at);
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
            Signature = SignatureStatuses.Of(wrong),
        };
    }

    /// <summary>Null where the text is in one of the two layouts.</summary>
    private static int? FirstDifference(ReadOnlySpan<byte> text, JsonObject trace)
    {
        var indented = IndentedJson.Write(trace);
        return text.SequenceEqual(indented) || text.SequenceEqual(ArtifactJson.Canonical(trace)) ? null : text.CommonPrefixLength(indented);
    }

    private static TraceVerification Refused(string code, string name, string detail, int? at = null) =>
        new() { Problem = new ArtifactProblem(code, name, detail) { Offset = at } };
}
