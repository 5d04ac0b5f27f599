using System.Globalization;
using System.Security.Cryptography;
using Gateway.Evidence.Log.Files;
using Gateway.Evidence.Signing;
using Gateway.Policy.Model;

namespace Gateway.Evidence.Log.Checkpoints;

/// <summary>
/// What is signed of a segment that is full: the file <c>seal-</c> and the segment's number, a signed note. It stays when the segment goes.
/// A line each: what it is, the origin, first and last index, bytes, SHA-256 of the file, when it was sealed.
/// </summary>
/// <param name="First">Index of the segment's first record.</param>
/// <param name="Last">Index of its last.</param>
/// <param name="Bytes">Length of the file.</param>
/// <param name="Digest">Of the whole file.</param>
/// <param name="Sealed">Milliseconds count, no less. Not before its last record.</param>
internal sealed record SegmentSeal(long First, long Last, long Bytes, Sha256Digest Digest, DateTimeOffset Sealed)
{
    private const int PieceBytes = 1 << 16;
    private const string Kind = "gateway.seal/v1";
    private const string Prefix = "seal-";
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    public static string NameOf(long first) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{first:D20}");

    /// <summary>A log's seals in order.</summary>
    public static string[] List(string folder)
    {
        var files = Directory.GetFiles(folder, Prefix + new string('?', 20));
        Array.Sort(files, StringComparer.Ordinal);
        return files;
    }

    /// <summary>The digest of a file's bytes.</summary>
    /// <exception cref="IOException">It can't be read.</exception>
    public static Sha256Digest DigestOf(string file)
    {
        using var handle = RegularFile.Open(file);
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

    public byte[] Sign(string origin, Ed25519PrivateKey key)
    {
        var time = Sealed.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);
        return SignedNote.Sign(
            string.Create(CultureInfo.InvariantCulture, $"{Kind}\n{origin}\n{First} {Last}\n{Bytes}\n{Digest}\n{time}\n"),
            origin,
            key
        );
    }

    /// <summary>Null when it is good; otherwise what is wrong.</summary>
    /// <param name="keys">Null checks everything but the signature.</param>
    public static string? Read(ReadOnlySpan<byte> note, string origin, IReadOnlyList<Ed25519PublicKey>? keys, out SegmentSeal? seal)
    {
        seal = null;
        if (SignedNote.Open(note, origin, keys, out var text) is { } wrong)
        {
            return wrong;
        }

        var lines = text.Split('\n');
        var indexes = lines.Length == 7 ? lines[2].Split(' ') : [];
        if (
            indexes.Length != 2
            || lines[0] != Kind
            || lines[1] != origin
            || !NoteText.TryNumber(indexes[0], out var first)
            || !NoteText.TryNumber(indexes[1], out var last)
            || last < first
            || !NoteText.TryNumber(lines[3], out var bytes)
            || bytes > SegmentReader.MaxLength
            || !Sha256Digest.TryParse(lines[4], out var digest)
            || !DateTimeOffset.TryParseExact(
                lines[5],
                TimeFormat,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out var time
            )
        )
        {
            return $"It isn't a seal of '{origin}'.";
        }

        seal = new SegmentSeal(first, last, bytes, digest, time);
        return null;
    }

    /// <summary>Who it says it is of, for a seal that is looked at alone; empty for none.</summary>
    public static string OriginOf(ReadOnlySpan<byte> note)
    {
        var lines = System.Text.Unicode.Utf8.IsValid(note) ? NoteText.Utf8.GetString(note).Split('\n', 3) : [];
        return lines.Length == 3 && lines[0] == Kind ? lines[1] : "";
    }

    /// <summary>What of a segment's file isn't as it was sealed; null for nothing.</summary>
    /// <exception cref="IOException">The file can't be read.</exception>
    public string? Differs(string file) =>
        new FileInfo(file).Length != Bytes ? $"The segment doesn't have the {Bytes} bytes that it was sealed with."
        : DigestOf(file) != Digest ? "The segment isn't the one that was sealed."
        : null;
}
