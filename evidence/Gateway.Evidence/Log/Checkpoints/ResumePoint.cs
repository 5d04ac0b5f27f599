using System.Globalization;
using System.Text;
using Gateway.Evidence.Log.Tiles;
using Gateway.Evidence.Signing;
using Gateway.Policy.Model;

namespace Gateway.Evidence.Log.Checkpoints;

/// <summary>
/// Where a start reads on instead of from the beginning: what a walk over the log knew behind one of its records. Taken behind full tiles
/// of leaves only, so that tiles and bundles go on there too. Kept in the file <c>resume</c> of the log's folder as a signed note, since
/// whoever could change it could hide decisions without an outcome. A line each: what it is, the origin, size, previous, place; then the
/// levels of the edge and the open decisions.
/// </summary>
/// <param name="Previous">The leaf hash of the last record before.</param>
/// <param name="Segment">Index of the first record of the segment that the last record before is in.</param>
/// <param name="Position">Where in it that record ends.</param>
/// <param name="LastFrame">Where in it that record begins.</param>
/// <param name="Open">The decisions without an outcome by then, each with the index of its record.</param>
internal sealed record ResumePoint(
    Sha256Digest Previous,
    long Segment,
    long Position,
    long LastFrame,
    TileEdge Edge,
    IReadOnlyList<KeyValuePair<string, long>> Open
)
{
    public const string FileName = "resume";

    private const string Kind = "gateway.resume/v1";
    private const string LevelWord = "level";
    private const string OpenWord = "open";

    /// <value>Records before it; a multiple of 256.</value>
    public long Size => Edge.Size;

    public byte[] Sign(string origin, Ed25519PrivateKey key)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Kind}\n{origin}\n{Size}\n{Previous}\n{Segment} {Position} {LastFrame}\n");
        foreach (var level in Edge.Levels)
        {
            text.Append(CultureInfo.InvariantCulture, $"{LevelWord} {string.Concat(level)}\n");
        }

        foreach (var (id, index) in Open)
        {
            text.Append(CultureInfo.InvariantCulture, $"{OpenWord} {index} {id}\n");
        }

        return SignedNote.Sign(text.ToString(), origin, key);
    }

    /// <summary>Null when it is good; otherwise what is wrong.</summary>
    /// <param name="keys">Null checks everything but the signature.</param>
    public static string? Read(ReadOnlySpan<byte> note, string origin, IReadOnlyList<Ed25519PublicKey>? keys, out ResumePoint? resume)
    {
        resume = null;
        if (SignedNote.Open(note, origin, keys, out var text) is { } wrong)
        {
            return wrong;
        }

        var lines = text.Split('\n');
        var place = lines.Length < 6 ? [] : lines[4].Split(' ');
        if (
            place.Length != 3
            || lines[0] != Kind
            || lines[1] != origin
            || !NoteText.TryNumber(lines[2], out var size)
            || !Sha256Digest.TryParse(lines[3], out var previous)
            || !NoteText.TryNumber(place[0], out var segment)
            || !NoteText.TryNumber(place[1], out var position)
            || !NoteText.TryNumber(place[2], out var last)
            || !TryRest(lines.AsSpan(5, lines.Length - 6), out var levels, out var open)
            || TileEdge.Create(size, levels) is not { } edge
        )
        {
            return "It isn't a mark to read on from.";
        }

        resume = new ResumePoint(previous, segment, position, last, edge, open);
        return null;
    }

    private static bool TryRest(
        ReadOnlySpan<string> lines,
        out List<IReadOnlyList<Sha256Digest>> levels,
        out List<KeyValuePair<string, long>> open
    )
    {
        (levels, open) = ([], []);
        foreach (var line in lines)
        {
            var parts = line.Split(' ', 3);
            if (parts is [LevelWord, var hashes] && open.Count == 0 && TryHashes(hashes, out var level))
            {
                levels.Add(level);
            }
            else if (parts is [OpenWord, var number, var id] && NoteText.TryNumber(number, out var index))
            {
                open.Add(new(id, index));
            }
            else
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryHashes(string text, out Sha256Digest[] hashes)
    {
        const int digits = 2 * Sha256Digest.Length;
        hashes = new Sha256Digest[text.Length / digits];
        for (var i = 0; i < hashes.Length; i++)
        {
            if (!Sha256Digest.TryParse(text.AsSpan(i * digits, digits), out hashes[i]))
            {
                return false;
            }
        }

        return text.Length % digits == 0;
    }
}
