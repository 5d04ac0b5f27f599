using System.Security.Cryptography;
using Gateway.Evidence.Log.Files;
using Gateway.Policy.Model;

namespace Gateway.Evidence.Log.Checkpoints;

/// <summary>What a segment's file is sealed by.</summary>
internal static class SegmentDigest
{
    private const int PieceBytes = 1 << 16;

    /// <summary>The digest of a file's bytes.</summary>
    /// <exception cref="IOException">It can't be read.</exception>
    public static Sha256Digest Compute(string file)
    {
        using var handle = UnblockedOpen.Open(file);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var piece = new byte[PieceBytes];
        int read;
        for (var at = 0L; (read = RandomAccess.Read(handle, piece, at)) > 0; at += read)
        {
            hash.AppendData(piece, 0, read);
            Thread.Yield(); // Or the requests that stand behind this thread wait for the whole file: 64 MiB take 40 ms.
        }

        return new Sha256Digest(hash.GetHashAndReset());
    }
}
