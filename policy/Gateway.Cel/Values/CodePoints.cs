namespace Gateway.Cel.Values;

/// <summary>
/// Texts by code points, as the language counts them; strings are UTF-16, where a character beyond U+FFFF takes two places.
/// </summary>
internal static class CodePoints
{
    public static int Count(string text)
    {
        var count = text.Length;
        for (var i = text.AsSpan().IndexOfAnyInRange('\uD800', '\uDBFF'); i >= 0 && i + 1 < text.Length; i++)
        {
            count -= char.IsSurrogatePair(text[i], text[i + 1]) ? 1 : 0;
        }

        return count;
    }

    /// <summary>Where a code point starts in UTF-16. The end of the text is a place too; -1 beyond it or before the start.</summary>
    public static int OffsetOf(string text, long index)
    {
        if (index < 0 || index > text.Length)
        {
            return -1;
        }

        var offset = 0;
        for (var left = index; left > 0; left--)
        {
            if (offset >= text.Length)
            {
                return -1;
            }

            offset += WidthAt(text, offset);
        }

        return offset;
    }

    /// <summary>The number of code points before a place in UTF-16.</summary>
    public static int IndexOf(string text, int offset)
    {
        var index = offset;
        for (var i = 0; i + 1 < offset; i++)
        {
            index -= char.IsSurrogatePair(text[i], text[i + 1]) ? 1 : 0;
        }

        return index;
    }

    /// <summary>1, or 2 for a surrogate pair.</summary>
    public static int WidthAt(string text, int offset) =>
        offset + 1 < text.Length && char.IsSurrogatePair(text[offset], text[offset + 1]) ? 2 : 1;
}
