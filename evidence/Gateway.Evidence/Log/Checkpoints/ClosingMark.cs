using System.Globalization;
using Gateway.Evidence.Signing;

namespace Gateway.Evidence.Log.Checkpoints;

/// <summary>
/// Where a log ends that was closed with all of it signed: the file <c>closed</c>, a signed note. It is gone again before anything else is
/// written, so that whatever stands behind the place it names was put there by somebody else.
/// </summary>
/// <param name="Size">Records, all under the checkpoint.</param>
/// <param name="Segment">Index of the first record of the last segment.</param>
/// <param name="Position">Where the last segment ends.</param>
internal sealed record ClosingMark(long Size, long Segment, long Position)
{
    public const string FileName = "closed";

    private const string Kind = "gateway.closed/v1";

    public byte[] Sign(string origin, Ed25519PrivateKey key) =>
        SignedNote.Sign(string.Create(CultureInfo.InvariantCulture, $"{Kind}\n{origin}\n{Size}\n{Segment} {Position}\n"), origin, key);

    /// <summary>Null when it is good; otherwise what is wrong.</summary>
    /// <param name="keys">Null checks everything but the signature.</param>
    public static string? Read(ReadOnlySpan<byte> note, string origin, IReadOnlyList<Ed25519PublicKey>? keys, out ClosingMark? mark)
    {
        mark = null;
        if (SignedNote.Open(note, origin, keys, out var text) is { } wrong)
        {
            return wrong;
        }

        var lines = text.Split('\n');
        var place = lines.Length == 5 ? lines[3].Split(' ') : [];
        if (
            place.Length != 2
            || lines[0] != Kind
            || lines[1] != origin
            || !NoteText.TryNumber(lines[2], out var size)
            || !NoteText.TryNumber(place[0], out var segment)
            || !NoteText.TryNumber(place[1], out var position)
        )
        {
            return $"It isn't the closing mark of '{origin}'.";
        }

        mark = new ClosingMark(size, segment, position);
        return null;
    }
}
