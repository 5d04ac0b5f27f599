using System.Text;

namespace Gateway.Policy.Model;

/// <summary>
/// What an operation's holes must not take: texts that the system could read as the fixed segment that another operation has in that place.
/// To many systems <c>EXPORT</c>, <c>export.json</c> and <c>export%20</c> are <c>export</c>. Methods don't count. Immutable.
/// </summary>
public sealed class PathSiblings
{
    private static readonly PathSiblings None = new(default, []);

    private readonly string[] _own;
    private readonly string[][] _others;

    private PathSiblings(string[]? own, string[][] others) => (_own, _others) = (own ?? [], others);

    /// <summary>Of each operation, in their order.</summary>
    public static PathSiblings[] Of(IReadOnlyList<Operation> operations)
    {
        ArgumentNullException.ThrowIfNull(operations);
        string[][] paths = [.. operations.Select(operation => operation.Path is null ? [] : operation.Path.Segments)];
        return [.. paths.Select(own => Of(own, paths))];
    }

    /// <summary>Whether a hole takes such a text.</summary>
    /// <param name="path">Cleaned, and one that fits the operation; without a query.</param>
    /// <param name="comparison">How the system compares. One that is exact only decodes.</param>
    public bool AreTaken(ReadOnlySpan<char> path, SystemComparison comparison)
    {
        for (var i = 0; i < _others.Length; i++)
        {
            if (IsTaken(_others[i], path, comparison))
            {
                return true;
            }
        }

        return false;
    }

    private static PathSiblings Of(string[] own, string[][] all)
    {
        if (!Array.Exists(own, PathTemplate.IsHole))
        {
            return None;
        }

        string[][] others = [.. all.Where(other => CanMeet(own, other)).DistinctBy(other => string.Join('/', other))];
        return others.Length == 0 ? None : new PathSiblings(own, others);
    }

    /// <summary>Whether the other has a fixed segment where this one has a hole, and before it nothing that tells them apart.</summary>
    private static bool CanMeet(string[] own, string[] other)
    {
        for (var i = 0; i < other.Length; i++)
        {
            var isHole = IsHoleAt(own, i, out var isBehind);
            if (isBehind)
            {
                return false;
            }

            if (!PathTemplate.IsHole(other[i]))
            {
                if (isHole)
                {
                    return true;
                }

                if (!SegmentText.CouldBe(own[i], other[i]))
                {
                    return false;
                }
            }
        }

        return false;
    }

    /// <summary>
    /// A single hole may not take a sibling's segment whatever follows. The rest of a path is about what lies below, so there all of the
    /// other operation must be in it.
    /// </summary>
    private bool IsTaken(string[] other, ReadOnlySpan<char> path, SystemComparison comparison)
    {
        var rest = path[1..];
        var isTaken = false;
        for (var i = 0; i < other.Length; i++)
        {
            var segment = other[i];
            if (rest.IsEmpty)
            {
                return false;
            }

            var slash = rest.IndexOf('/');
            var part = slash < 0 ? rest : rest[..slash];
            rest = slash < 0 ? default : rest[(slash + 1)..];
            if (PathTemplate.IsHole(segment) || !IsHoleAt(_own, i, out _))
            {
                continue;
            }

            if (!(comparison.Paths == Spelling.Exact ? SegmentText.IsEncoded(part, segment) : SegmentText.CouldBe(part, segment)))
            {
                return false;
            }

            isTaken = true;
            if (i < _own.Length - 1 || !PathTemplate.IsRest(_own[^1]))
            {
                return true;
            }
        }

        return isTaken;
    }

    private static bool IsHoleAt(string[] own, int index, out bool isBehind)
    {
        var isRest = own.Length > 0 && index >= own.Length - 1 && PathTemplate.IsRest(own[^1]);
        isBehind = index >= own.Length && !isRest;
        return isRest || (!isBehind && PathTemplate.IsHole(own[index]));
    }
}

/// <summary>What a segment of a path could be to a system.</summary>
public static class SegmentText
{
    /// <summary>
    /// Whether a segment could be read as a fixed one: in any case, with accents or look-alikes that are normalised away, without hyphens
    /// and underscores, with blanks around it, and with whatever follows behind a mark of punctuation: an extension, a parameter, a verb.
    /// </summary>
    /// <param name="segment">Cleaned, and still encoded.</param>
    /// <param name="fixedText">ASCII.</param>
    public static bool CouldBe(ReadOnlySpan<char> segment, ReadOnlySpan<char> fixedText)
    {
        if (segment.Contains('%') || !Ascii.IsValid(segment))
        {
            segment = LooseText.Fold(Uri.UnescapeDataString(segment.ToString()), accents: false);
        }

        var (i, j) = (First(segment), First(fixedText));
        while (true)
        {
            i = Next(segment, i);
            j = Next(fixedText, j);
            if (j == fixedText.Length)
            {
                return i == segment.Length || EndsWord(segment[i]);
            }

            if (i == segment.Length || char.ToLowerInvariant(segment[i++]) != char.ToLowerInvariant(fixedText[j++]))
            {
                return false;
            }
        }
    }

    /// <summary>Whether a segment is a fixed one with needless encoding in it, which whoever decodes takes off.</summary>
    public static bool IsEncoded(ReadOnlySpan<char> segment, ReadOnlySpan<char> fixedText) =>
        segment.Contains('%') && Uri.UnescapeDataString(segment.ToString()).AsSpan().SequenceEqual(fixedText);

    /// <summary>Behind blanks, dots, quotes and brackets.</summary>
    private static int First(ReadOnlySpan<char> text)
    {
        var at = 0;
        while (at < text.Length && (text[at] is '+' or '.' or '\'' or '"' or '(' or ',' or ':' || char.IsWhiteSpace(text[at])))
        {
            at++;
        }

        return at;
    }

    private static int Next(ReadOnlySpan<char> text, int at)
    {
        while (at < text.Length && text[at] is '-' or '_')
        {
            at++;
        }

        return at;
    }

    /// <summary>Addresses such as <c>me@example.org</c> are texts of their own.</summary>
    private static bool EndsWord(char c) => !char.IsLetterOrDigit(c) && c != '@';
}

/// <summary>How a connector's system compares what it is sent. Unset is loose, which is looked at more strictly.</summary>
/// <param name="Paths">The segments of paths.</param>
/// <param name="Names">The names of members of JSON, of parameters and of fields of forms.</param>
public sealed record SystemComparison(Spelling Paths, Spelling Names)
{
    public static SystemComparison Loose { get; } = new(Spelling.Loose, Spelling.Loose);
}

/// <summary>Whether two spellings of a text are two texts.</summary>
public enum Spelling
{
    /// <summary>Perhaps not: some system in between may take one for the other.</summary>
    Loose = 0,

    /// <summary>They are.</summary>
    Exact = 1,
}
