using System.Globalization;
using System.Text;

namespace Gateway.Cel.Values;

/// <summary>The text forms of IPv6 addresses: reads them strictly, writes the canonical one (RFC 5952).</summary>
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

    public static string ToText(UInt128 bits)
    {
        var (start, length) = LongestZeros(bits);
        var text = new StringBuilder();
        for (var i = 0; i < Groups; i++)
        {
            if (i == start)
            {
                text.Append("::");
                i += length - 1;
                continue;
            }

            text.Append(text.Length > 0 && text[^1] != ':' ? ":" : "").Append(Group(bits, i).ToString("x", CultureInfo.InvariantCulture));
        }

        return text.ToString();
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

    private static ushort Group(UInt128 bits, int index) => (ushort)(bits >> (BitsPerGroup * (Groups - 1 - index)));

    /// <summary>The first of the longest runs of at least two zero groups; (-1, 0) for none.</summary>
    private static (int Start, int Length) LongestZeros(UInt128 bits)
    {
        var (best, length, run) = (-1, 1, 0);
        for (var i = 0; i < Groups; i++)
        {
            run = Group(bits, i) == 0 ? run + 1 : 0;
            if (run > length)
            {
                (best, length) = (i - run + 1, run);
            }
        }

        return best < 0 ? (-1, 0) : (best, length);
    }
}
