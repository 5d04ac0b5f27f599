using System.Buffers;

namespace Gateway.Proxy.Identity.StructuredFields;

/// <summary>One value of a structured field, as a slice of the field's own text.</summary>
/// <param name="text"> A string without its quotes, its escapes still in place; bytes without their colons, still base64; anything else as
/// written. A value that may hold no quote and no backslash can be compared with it as it is. </param>
/// <param name="integer">The number of an integer, 0 or 1 of a boolean, otherwise 0.</param>
internal readonly ref struct BareItem(BareItemKind kind, ReadOnlySpan<char> text, long integer = 0)
{
    public BareItemKind Kind { get; } = kind;
    public ReadOnlySpan<char> Text { get; } = text;
    public long Integer { get; } = integer;
}

/// <summary>The types of RFC 8941 section 3.3. The zero value is no type at all.</summary>
internal enum BareItemKind
{
    None = 0,
    Integer = 1,
    Decimal = 2,
    String = 3,
    Token = 4,
    Bytes = 5,
    Boolean = 6,
}

/// <summary>What reading the next part of a list gave. The zero value is the bad one.</summary>
internal enum ReadStep
{
    Malformed = 0,
    Found = 1,
    End = 2,
}

/// <summary>
/// Base64 with exactly one spelling for each value: padded, no white space, unused bits zero. The base library skips white space and
/// ignores the unused bits, and then two different texts are one signature.
/// </summary>
internal static class StrictBase64
{
    private const int Group = 4;

    private static readonly SearchValues<char> Alphabet = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="
    );

    public static bool HasOnlyItsAlphabet(ReadOnlySpan<char> text) => !text.ContainsAnyExcept(Alphabet);

    /// <summary>False when the text is not strict base64 or decodes to more than <paramref name="bytes"/> holds. Never throws.</summary>
    public static bool TryDecode(ReadOnlySpan<char> text, Span<byte> bytes, out int written)
    {
        written = 0;
        return text.Length % Group == 0
            && HasOnlyItsAlphabet(text)
            && Convert.TryFromBase64Chars(text, bytes, out written)
            && LastGroupIsCanonical(text, bytes[..written]);
    }

    private static bool LastGroupIsCanonical(ReadOnlySpan<char> text, ReadOnlySpan<byte> bytes)
    {
        if (text.IsEmpty)
        {
            return true;
        }

        var rest = bytes.Length % 3 is 0 ? 3 : bytes.Length % 3;
        Span<char> again = stackalloc char[Group];
        return Convert.TryToBase64Chars(bytes[^rest..], again, out _) && text[^Group..].SequenceEqual(again);
    }
}

/// <summary>
/// The names seen so far in one list, to refuse the second of two equal ones. RFC 8941 section 3.2 lets the last one win; two readers
/// that disagree on that would read two different requests, so here neither wins.
/// </summary>
/// <param name="text">The text that the names are slices of.</param>
/// <param name="room">Where they are noted; its length is the most names that are accepted.</param>
internal ref struct SeenNames(ReadOnlySpan<char> text, Span<Range> room)
{
    private readonly ReadOnlySpan<char> _text = text;
    private readonly Span<Range> _room = room;
    private int _count;

    /// <summary>False for a name seen before, and for one too many.</summary>
    public bool TryAdd(Range name)
    {
        if (_count == _room.Length)
        {
            return false;
        }

        var candidate = _text[name];
        foreach (var seen in _room[.._count])
        {
            if (_text[seen].SequenceEqual(candidate))
            {
                return false;
            }
        }

        _room[_count++] = name;
        return true;
    }
}
