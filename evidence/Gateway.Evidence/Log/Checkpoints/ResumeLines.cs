using System.Globalization;
using System.Text;
using Gateway.Evidence.Log.Tiles;
using Gateway.Evidence.Signing;
using Gateway.Policy.Model;

namespace Gateway.Evidence.Log.Checkpoints;

/// <summary>The lines of a mark to read on from that are as many as there are: the levels of the edge, then the open decisions.</summary>
internal static class ResumeLines
{
    private const string LevelWord = "level";
    private const string OpenWord = "open";

    public static void Append(StringBuilder text, ResumePoint resume)
    {
        foreach (var level in resume.Edge.Levels)
        {
            text.Append(CultureInfo.InvariantCulture, $"{LevelWord} {string.Concat(level)}\n");
        }

        foreach (var (id, index) in resume.Open)
        {
            text.Append(CultureInfo.InvariantCulture, $"{OpenWord} {index} {id}\n");
        }
    }

    public static bool TryRead(
        ReadOnlySpan<string> lines,
        out List<IReadOnlyList<Sha256Digest>> levels,
        out List<KeyValuePair<string, long>> open
    )
    {
        (levels, open) = ([], []);
        foreach (var line in lines)
        {
            var parts = line.Split(' ', 3);
            if (parts is [LevelWord, var hashes] && open.Count == 0 && TileHashes.TryParse(hashes, out var level))
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
}
