using System.Globalization;
using System.Text;
using Gateway.Cel.Evaluation;
using Gateway.Cel.Values;

namespace Gateway.Cel.Library;

/// <summary>The clauses of format, one value each.</summary>
internal static class FormatClauses
{
    /// <summary>Null where the value doesn't suit the clause, or where writing it takes too many steps.</summary>
    public static string? Write(CelActivation frame, char letter, int precision, in CelValue value) =>
        letter switch
        {
            's' => FormatText.Write(frame, value),
            'd' => Decimal(value),
            'f' => Real(value) is { } real ? DoubleText.Special(real) ?? ExactDecimal.Fixed(real, precision) : null,
            'e' => Real(value) is { } real ? DoubleText.Special(real) ?? ExactDecimal.Scientific(real, precision) : null,
            'b' => value.Kind == CelKind.Bool ? (value.AsBool ? "1" : "0") : InBase(value, 2),
            'o' => InBase(value, 8),
            'x' => Hex(value)?.ToLowerInvariant(),
            'X' => Hex(value),
            _ => null,
        };

    private static string? Decimal(in CelValue value) =>
        value.Kind switch
        {
            CelKind.Int => value.AsInt.ToString(CultureInfo.InvariantCulture),
            CelKind.Uint => value.AsUint.ToString(CultureInfo.InvariantCulture),
            CelKind.Double => DoubleText.Plain(value.AsDouble),
            _ => null,
        };

    private static double? Real(in CelValue value) =>
        value.Kind switch
        {
            CelKind.Int => value.AsInt,
            CelKind.Uint => value.AsUint,
            CelKind.Double => value.AsDouble,
            _ => null,
        };

    private static string? InBase(in CelValue value, int radix)
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

    private static string? Hex(in CelValue value) =>
        value.Kind switch
        {
            CelKind.String => Convert.ToHexString(Encoding.UTF8.GetBytes(value.AsString)),
            CelKind.Bytes => Convert.ToHexString(value.AsBytes),
            _ => InBase(value, 16),
        };
}
