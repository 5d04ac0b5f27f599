namespace Gateway.Policy.Model;

/// <summary>
/// A path with holes, <c>/contacts/{id}/notes</c>: a hole fits exactly one segment, a last <c>{**rest}</c> any number above none.
/// Matched against cleaned paths only.
/// </summary>
public sealed class PathTemplate
{
    private readonly string[] _segments;
    private readonly bool _open;

    private PathTemplate(string text, string[] segments, bool open)
    {
        Text = text;
        _segments = segments;
        _open = open;
    }

    /// <summary>As the document has it.</summary>
    public string Text { get; }

    /// <summary>How many segments are fixed text: of two templates that fit, the one with more wins.</summary>
    public int Literals { get; private init; }

    public static bool TryParse(string? text, out PathTemplate? template)
    {
        template = null;
        if (string.IsNullOrEmpty(text) || text[0] != '/' || text.Contains("//", StringComparison.Ordinal))
        {
            return false;
        }

        var segments = text == "/" ? [] : text[1..].Split('/');
        var literals = 0;
        for (var i = 0; i < segments.Length; i++)
        {
            if (IsRest(segments[i]) && i < segments.Length - 1)
            {
                return false;
            }

            // Two holes in one segment divide it in no way that is known; a name twice is filled with one of two values.
            if (IsHole(segments[i]) && (segments[i].AsSpan(1, segments[i].Length - 2).ContainsAny('{', '}') || HasBefore(segments, i)))
            {
                return false;
            }

            if (!IsHole(segments[i]))
            {
                if (segments[i].Length == 0 || segments[i].AsSpan().IndexOfAny("{}*?#%\\;") >= 0 || segments[i] is "." or "..")
                {
                    return false;
                }

                literals++;
            }
        }

        var open = segments.Length > 0 && IsRest(segments[^1]);
        template = new PathTemplate(text, open ? segments[..^1] : segments, open) { Literals = literals };
        return true;
    }

    /// <summary>Whether a cleaned path (it starts with a slash and has no query) fits.</summary>
    public bool Matches(ReadOnlySpan<char> path)
    {
        if (path.Length == 0 || path[0] != '/')
        {
            return false;
        }

        var rest = path[1..];
        foreach (var segment in _segments)
        {
            if (rest.Length == 0)
            {
                return false;
            }

            var slash = rest.IndexOf('/');
            var part = slash < 0 ? rest : rest[..slash];
            if (part.Length == 0 || (!IsHole(segment) && !part.SequenceEqual(segment)))
            {
                return false;
            }

            rest = slash < 0 ? default : rest[(slash + 1)..];
            if (slash >= 0 && rest.Length == 0)
            {
                return false; // A trailing slash is another path.
            }
        }

        return _open ? rest.Length > 0 : rest.Length == 0;
    }

    /// <summary>As they are written, a last rest included; none for the root.</summary>
    internal string[] Segments => Text == "/" ? [] : Text[1..].Split('/');

    /// <summary>The holes as they are written, <c>{id}</c> or <c>{**rest}</c>, in the order of the path.</summary>
    public IEnumerable<string> Holes => Segments.Where(IsHole);

    /// <summary>The path that has in this template's holes what another template's holes of the same names have in a path.</summary>
    /// <param name="path">A cleaned path, without a query.</param>
    /// <returns>Null where the path doesn't fit the other template, or that has no hole of a name.</returns>
    public string? Fill(PathTemplate other, string path)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (!other.Matches(path))
        {
            return null;
        }

        var names = other.Text[1..].Split('/');
        var values = path[1..].Split('/', names.Length); // A rest, which is always last, takes all that is left.
        var filled = new List<string>();
        foreach (var segment in Text[1..].Split('/'))
        {
            var hole = IsHole(segment) ? Array.IndexOf(names, segment) : -1;
            if (IsHole(segment) && hole < 0)
            {
                return null;
            }

            filled.Add(hole < 0 ? segment : values[hole]);
        }

        return "/" + string.Join('/', filled);
    }

    public override string ToString() => Text;

    /// <summary>Whether a hole's name stands in an earlier one, of a rest or not.</summary>
    private static bool HasBefore(string[] segments, int index)
    {
        for (var i = 0; i < index; i++)
        {
            if (IsHole(segments[i]) && NameOf(segments[i]).SequenceEqual(NameOf(segments[index])))
            {
                return true;
            }
        }

        return false;
    }

    private static ReadOnlySpan<char> NameOf(string hole) => hole.AsSpan(1, hole.Length - 2).TrimStart('*');

    internal static bool IsHole(string segment) => segment.Length > 2 && segment[0] == '{' && segment[^1] == '}';

    internal static bool IsRest(string segment) => IsHole(segment) && segment.StartsWith("{**", StringComparison.Ordinal);
}
