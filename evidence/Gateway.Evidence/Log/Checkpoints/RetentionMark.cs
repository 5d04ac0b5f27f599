using System.Globalization;
using Gateway.Evidence.Signing;

namespace Gateway.Evidence.Log.Checkpoints;

/// <summary>
/// How long a log keeps its segments, and from where on it has them: the file <c>retention</c>, a signed note. A line each: what it is, the
/// origin, seconds, the first record that is kept.
/// </summary>
/// <param name="Kept">Whole seconds.</param>
/// <param name="Minimum">Segments that lie wholly before it were removed on purpose; any other that is missing is a gap.</param>
internal sealed record RetentionMark(TimeSpan Kept, long Minimum)
{
    public const string FileName = "retention";

    private const string Kind = "gateway.retention/v1";

    public byte[] Sign(string origin, Ed25519PrivateKey key) =>
        SignedNote.Sign(
            string.Create(CultureInfo.InvariantCulture, $"{Kind}\n{origin}\n{(long)Kept.TotalSeconds}\n{Minimum}\n"),
            origin,
            key
        );

    /// <summary>Null when it is good; otherwise what is wrong.</summary>
    /// <param name="keys">Null checks everything but the signature.</param>
    public static string? Read(ReadOnlySpan<byte> note, string origin, IReadOnlyList<Ed25519PublicKey>? keys, out RetentionMark? mark)
    {
        mark = null;
        if (SignedNote.Open(note, origin, keys, out var text) is { } wrong)
        {
            return wrong;
        }

        var lines = text.Split('\n');
        if (
            lines.Length != 5
            || lines[0] != Kind
            || lines[1] != origin
            || !NoteText.TryNumber(lines[2], out var seconds)
            || seconds > TimeSpan.MaxValue.TotalSeconds
            || !NoteText.TryNumber(lines[3], out var minimum)
        )
        {
            return $"It isn't the retention of '{origin}'.";
        }

        mark = new RetentionMark(TimeSpan.FromSeconds(seconds), minimum);
        return null;
    }
}
