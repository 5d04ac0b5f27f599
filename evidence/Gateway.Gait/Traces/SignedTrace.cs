using Gateway.Evidence.Signing;
using Gateway.Gait.Artifacts;
using Gateway.Policy.Model;

namespace Gateway.Gait.Traces;

/// <summary>A decision, signed. The same subject and key give the same bytes.</summary>
/// <param name="TraceId">24 hexadecimal digits, from the digests of policy and intent and the verdict.</param>
/// <param name="Digest">What was signed, and what the next trace of a chain names.</param>
/// <param name="Bytes">The file's content.</param>
public sealed record SignedTrace(string TraceId, Sha256Digest Digest, ReadOnlyMemory<byte> Bytes)
{
    public static SignedTrace Write(TraceSubject subject, Ed25519PrivateKey key)
    {
        var record = TraceRecord.Build(subject);
        var digest = ArtifactJson.Digest(record);
        record["signature"] = ArtifactSignature.Sign(digest, key);
        return new SignedTrace(record.Text("trace_id"), digest, IndentedJson.Write(record));
    }
}
