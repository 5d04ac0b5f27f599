using System.Globalization;

namespace Gateway.Connectors.Json;

/// <summary>
/// Finds <c>\uD800</c> to <c>\uDFFF</c> that aren't pairs: no character, which each JSON parser repairs in its own way (RFC 8259 section
/// 8.2).
/// </summary>
internal static class SurrogateEscapes
{
    private const int Length = 6; // \uXXXX

    /// <param name="text">The inside of a string token, still escaped and known to be well-formed.</param>
    public static bool ArePaired(ReadOnlySpan<byte> text)
    {
        for (var at = text.IndexOf((byte)'\\'); at >= 0 && at < text.Length; at = Next(text, at))
        {
            if (text[at + 1] != (byte)'u')
            {
                at += 2;
                continue;
            }

            var unit = Unit(text[at..]);
            at += Length;
            if (char.IsLowSurrogate(unit))
            {
                return false;
            }

            if (char.IsHighSurrogate(unit))
            {
                if (!text[at..].StartsWith("\\u"u8) || !char.IsLowSurrogate(Unit(text[at..])))
                {
                    return false;
                }

                at += Length;
            }
        }

        return true;
    }

    private static int Next(ReadOnlySpan<byte> text, int at)
    {
        var next = text[at..].IndexOf((byte)'\\');
        return next < 0 ? -1 : at + next;
    }

    private static char Unit(ReadOnlySpan<byte> escape) =>
        (char)ushort.Parse(escape.Slice(2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
