using System.Globalization;
using System.Text;

namespace Gateway.Cel.Values;

/// <summary>Writes the canonical text of an IPv6 address (RFC 5952).</summary>
internal static class AddressV6Text
{
    private const int Groups = 8;
    private const int BitsPerGroup = 16;

    public static string Of(UInt128 bits)
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
