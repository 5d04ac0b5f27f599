using System.Text;
using Gateway.Cel.Values;

namespace Gateway.Cel.Library;

/// <summary>Whole numbers in another base, and texts and bytes as hexadecimal digits; null for anything else.</summary>
internal static class RadixText
{
    public static string? InBase(in CelValue value, int radix)
    {
        if (value.Kind is not (CelKind.Int or CelKind.Uint))
        {
            return null;
        }

        var isNegative = value.Kind == CelKind.Int && value.AsInt < 0;
        var rest = isNegative ? unchecked((ulong)-value.AsInt) : value.AsUint;
        var digits = new StringBuilder();
        do
        {
            digits.Insert(0, "0123456789ABCDEF"[(int)(rest % (ulong)radix)]);
            rest /= (ulong)radix;
        } while (rest > 0);

        return (isNegative ? "-" : "") + digits;
    }

    public static string? Hex(in CelValue value) =>
        value.Kind switch
        {
            CelKind.String => Convert.ToHexString(Encoding.UTF8.GetBytes(value.AsString)),
            CelKind.Bytes => Convert.ToHexString(value.AsBytes),
            _ => InBase(value, 16),
        };
}
