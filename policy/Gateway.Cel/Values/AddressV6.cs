using System.Globalization;

namespace Gateway.Cel.Values;

/// <summary>Reads the text forms of IPv6 addresses strictly.</summary>
internal static class AddressV6
{
    private const int Groups = 8;
    private const int BitsPerGroup = 16;

    /// <summary>Null for anything but eight groups of hexadecimal digits, one run of them perhaps left out as <c>::</c>.</summary>
    public static UInt128? TryParse(string text)
    {
        var gap = text.IndexOf("::", StringComparison.Ordinal);
        if (gap < 0)
        {
            return TryGroups(text, out var all, out var count) && count == Groups ? all : null;
        }

        if (
            !TryGroups(text[..gap], out var head, out var before)
            || !TryGroups(text[(gap + 2)..], out var tail, out var after)
            || before + after >= Groups
        )
        {
            return null;
        }

        return before == 0 ? tail : (head << (BitsPerGroup * (Groups - before))) | tail;
    }

    private static bool TryGroups(string text, out UInt128 bits, out int count)
    {
        (bits, count) = (UInt128.Zero, 0);
        if (text.Length == 0)
        {
            return true;
        }

        foreach (var group in text.Split(':'))
        {
            if (
                group.Length is 0 or > 4
                || ++count > Groups
                || !ushort.TryParse(group, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            )
            {
                return false;
            }

            bits = (bits << BitsPerGroup) | value;
        }

        return true;
    }
}
