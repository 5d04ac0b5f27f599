using System.Buffers;

namespace Gateway.Policy.Model;

/// <summary>
/// Which addresses of an MCP server's resources an operation reads: an address whose segments may hold one <c>*</c> each, for one or more
/// characters, and whose last may be <c>**</c>, for one or more segments. Compared character by character.
/// </summary>
public sealed class ResourcePattern
{
    /// <value>Characters of a pattern and of an address.</value>
    public const int MaxLength = 2048;

    private const string Rest = "**";

    // RFC 3986, 2: what an address is written in, and the star.
    private static readonly SearchValues<char> Spelling = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?#[]@!$&'()*+,;=%"
    );

    private readonly string[] _segments;
    private readonly bool _open;

    private ResourcePattern(string text, string[] segments, bool open) => (Text, _segments, _open) = (text, segments, open);

    /// <summary>As the document has it.</summary>
    public string Text { get; }

    /// <summary>Whether it has no star, and so is one address.</summary>
    public bool IsLiteral { get; private init; }

    public static bool TryParse(string? text, out ResourcePattern? pattern)
    {
        pattern = null;
        if (text is null or { Length: > MaxLength } || text.AsSpan().ContainsAnyExcept(Spelling) || !HasScheme(text) || !IsEncoded(text))
        {
            return false;
        }

        var segments = text.Split('/');
        var open = segments[^1] == Rest;
        var closed = open ? segments[..^1] : segments;
        foreach (var segment in closed)
        {
            if (StarText.IsDots(segment) || segment.AsSpan().Count('*') > 1)
            {
                return false;
            }
        }

        // For the host a star could take a user and a port: http://*/x would be http://a@b:1/x.
        if (IsOfTheWeb(text) && (segments is not [_, "", var host, ..] || host.Contains('*', StringComparison.Ordinal)))
        {
            return false;
        }

        pattern = new ResourcePattern(text, closed, open) { IsLiteral = !text.Contains('*', StringComparison.Ordinal) };
        return true;
    }

    /// <summary>Whether an address is one of these.</summary>
    /// <param name="address">As the request has it, not decoded.</param>
    public bool Matches(ReadOnlySpan<char> address)
    {
        if (IsLiteral)
        {
            return address.SequenceEqual(Text);
        }

        var rest = address;
        var isMore = address.Length <= MaxLength;
        for (var i = 0; i < _segments.Length; i++)
        {
            if (!isMore || !Segment.Fits(_segments[i], Next(ref rest, out isMore)))
            {
                return false;
            }
        }

        if (!_open)
        {
            return !isMore;
        }

        var isTaken = isMore;
        while (isTaken && isMore)
        {
            isTaken = StarText.IsSegment(Next(ref rest, out isMore));
        }

        return isTaken;
    }

    /// <summary>Whether an address can be one of both. True too where that can't be told.</summary>
    public bool Meets(ResourcePattern other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var (a, b) = (_segments, other._segments);
        for (var i = 0; i < a.Length && i < b.Length; i++)
        {
            if (!Segment.Meet(a[i], b[i]))
            {
                return false;
            }
        }

        return a.Length == b.Length ? _open == other._open
            : a.Length < b.Length ? _open
            : other._open;
    }

    /// <summary>Whether each address of another is one of these.</summary>
    public bool Covers(ResourcePattern other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var (own, others) = (_segments, other._segments);
        if (own.Length > others.Length)
        {
            return false;
        }

        for (var i = 0; i < others.Length; i++)
        {
            if (i < own.Length ? !Segment.Covers(own[i], others[i]) : !Segment.Covers("*", others[i]))
            {
                return false;
            }
        }

        return _open ? other._open || others.Length > own.Length : !other._open && others.Length == own.Length;
    }

    public override string ToString() => Text;

    private static ReadOnlySpan<char> Next(ref ReadOnlySpan<char> rest, out bool isMore)
    {
        var slash = rest.IndexOf('/');
        isMore = slash >= 0;
        var next = isMore ? rest[..slash] : rest;
        rest = isMore ? rest[(slash + 1)..] : default;
        return next;
    }

    /// <summary>In small letters, as every reader has it in the end.</summary>
    private static bool HasScheme(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon > 0
            && colon < text.Length - 1
            && char.IsAsciiLetterLower(text[0])
            && text[..colon].All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '+' or '-' or '.');
    }

    private static bool IsEncoded(string text)
    {
        for (var at = text.IndexOf('%', StringComparison.Ordinal); at >= 0; at = text.IndexOf('%', at + 1))
        {
            if (at + 2 >= text.Length || !char.IsAsciiHexDigit(text[at + 1]) || !char.IsAsciiHexDigit(text[at + 2]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsOfTheWeb(string text) =>
        text[..text.IndexOf(':', StringComparison.Ordinal)] is "http" or "https" or "ws" or "wss" or "ftp" or "file";
}
