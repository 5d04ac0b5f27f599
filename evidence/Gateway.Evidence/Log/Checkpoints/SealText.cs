using System.Globalization;
using Gateway.Evidence.Log.Files;
using Gateway.Evidence.Signing;
using Gateway.Policy.Model;

namespace Gateway.Evidence.Log.Checkpoints;

/// <summary>A seal's text, a line each: what it is, origin, first and last index, bytes, SHA-256 of the file, when it was sealed.</summary>
internal static class SealText
{
    private const string Kind = "gateway.seal/v1";
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    public static string Write(SegmentSeal seal, string origin)
    {
        var time = seal.Sealed.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Kind}\n{origin}\n{seal.First} {seal.Last}\n{seal.Bytes}\n{seal.Digest}\n{time}\n"
        );
    }

    /// <summary>Null for anything else.</summary>
    public static SegmentSeal? Parse(string text, string origin)
    {
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
            return null;
        }

        return new SegmentSeal(first, last, bytes, digest, time);
    }

    /// <summary>Who it says it is of, for a seal that is looked at alone; empty for none.</summary>
    public static string OriginOf(ReadOnlySpan<byte> note)
    {
        var lines = System.Text.Unicode.Utf8.IsValid(note) ? NoteText.Utf8.GetString(note).Split('\n', 3) : [];
        return lines.Length == 3 && lines[0] == Kind ? lines[1] : "";
    }
}
