using Gateway.Evidence.Log.Files;
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

    /// <summary>Puts it into a file that its owner alone may read; there is all of it or nothing.</summary>
    public async Task SaveAsync(string file, CancellationToken cancellationToken)
    {
        var temporary = file + ".tmp";
        await using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write))
        {
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(stream.SafeFileHandle, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }

            await stream.WriteAsync(Bytes, cancellationToken);
            FileSync.Flush(stream);
        }

        File.Move(temporary, file, overwrite: true);
    }
}
