using System.Text;
using Gateway.Cel.Values;

namespace Gateway.Cel.Library;

/// <summary>Characters and parts of one text.</summary>
internal static class TextParts
{
    private const string Quoted = "\a\b\f\n\r\t\v\\\"";
    private const string Letters = "abfnrtv\\\"";

    /// <summary>The place after the last character gives an empty text.</summary>
    public static CelValue CharAt(string text, long index)
    {
        var offset = CodePoints.OffsetOf(text, index);
        return offset < 0
            ? Failures.OutOfBounds
            : CelValue.From(offset == text.Length ? "" : text.Substring(offset, CodePoints.WidthAt(text, offset)));
    }

    /// <param name="end">The place after the last character that is taken; null for the text's end.</param>
    public static CelValue Substring(string text, long start, long? end)
    {
        var from = CodePoints.OffsetOf(text, start);
        var to = end is { } place ? CodePoints.OffsetOf(text, place) : text.Length;
        return from < 0 || to < from ? Failures.OutOfBounds : CelValue.From(text[from..to]);
    }

    public static CelValue Reverse(string text)
    {
        var reversed = new char[text.Length];
        for (var i = 0; i < text.Length; )
        {
            var width = CodePoints.WidthAt(text, i);
            text.AsSpan(i, width).CopyTo(reversed.AsSpan(text.Length - i - width));
            i += width;
        }

        return CelValue.From(new string(reversed));
    }

    /// <summary>In double quotes, with control characters, quotes and backslashes as escapes.</summary>
    public static CelValue Quote(string text)
    {
        var quoted = new StringBuilder("\"", text.Length + 2);
        foreach (var rune in text.EnumerateRunes())
        {
            var known = rune.IsAscii ? Quoted.IndexOf((char)rune.Value, StringComparison.Ordinal) : -1;
            quoted.Append(known < 0 ? rune.ToString() : "\\" + Letters[known]);
        }

        return CelValue.From(quoted.Append('"').ToString());
    }
}
