using System.Globalization;
using Gateway.Evidence.Signing;
using Gateway.Policy.Model;

namespace Gateway.Evidence.Log.Checkpoints;

/// <summary>
/// What is signed of a segment that is full: the file <c>seal-</c> and the segment's number, a signed note. It stays when the segment goes.
/// </summary>
/// <param name="First">Index of the segment's first record.</param>
/// <param name="Last">Index of its last.</param>
/// <param name="Bytes">Length of the file.</param>
/// <param name="Digest">Of the whole file.</param>
/// <param name="Sealed">Milliseconds count, no less. Not before its last record.</param>
internal sealed record SegmentSeal(long First, long Last, long Bytes, Sha256Digest Digest, DateTimeOffset Sealed)
{
    private const string Prefix = "seal-";

    public static string NameOf(long first) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{first:D20}");

    /// <summary>A log's seals in order.</summary>
    public static string[] List(string folder)
    {
        var files = Directory.GetFiles(folder, Prefix + new string('?', 20));
        Array.Sort(files, StringComparer.Ordinal);
        return files;
    }

    public byte[] Sign(string origin, Ed25519PrivateKey key) => SignedNote.Sign(SealText.Write(this, origin), origin, key);

    /// <summary>Null when it is good; otherwise what is wrong.</summary>
    /// <param name="keys">Null checks everything but the signature.</param>
    public static string? Read(ReadOnlySpan<byte> note, string origin, IReadOnlyList<Ed25519PublicKey>? keys, out SegmentSeal? seal)
    {
        seal = null;
        if (SignedNote.Open(note, origin, keys, out var text) is { } wrong)
        {
            return wrong;
        }

        seal = SealText.Parse(text, origin);
        return seal is null ? $"It isn't a seal of '{origin}'." : null;
    }

    /// <summary>What of a segment's file isn't as it was sealed; null for nothing.</summary>
    /// <exception cref="IOException">The file can't be read.</exception>
    public string? Differs(string file) =>
        new FileInfo(file).Length != Bytes ? $"The segment doesn't have the {Bytes} bytes that it was sealed with."
        : SegmentDigest.Compute(file) != Digest ? "The segment isn't the one that was sealed."
        : null;
}
