using System.Globalization;
using System.Text;
using Gateway.Evidence.Log.Tiles;
using Gateway.Evidence.Signing;
using Gateway.Policy.Model;

namespace Gateway.Evidence.Log.Checkpoints;

/// <summary>
/// The text of a mark to read on from. A line each: what it is, the origin, size, previous, place; then <see cref="ResumeLines"/>.
/// </summary>
internal static class ResumeText
{
    private const string Kind = "gateway.resume/v2";

    public static string Write(ResumePoint resume, string origin)
    {
        var text = new StringBuilder();
        text.Append(
            CultureInfo.InvariantCulture,
            $"{Kind}\n{origin}\n{resume.Size}\n{resume.Previous}\n{resume.Segment} {resume.Position} {resume.LastFrame}\n"
        );
        ResumeLines.Append(text, resume);
        return text.ToString();
    }

    /// <summary>Null for anything else.</summary>
    public static ResumePoint? Parse(string text, string origin)
    {
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
            || !ResumeLines.TryRead(lines.AsSpan(5, lines.Length - 6), out var levels, out var open)
            || TileEdge.Create(size, levels) is not { } edge
        )
        {
            return null;
        }

        return new ResumePoint(previous, segment, position, last, edge, open);
    }
}
