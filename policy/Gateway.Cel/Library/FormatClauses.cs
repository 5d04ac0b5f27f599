using System.Globalization;
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
            'b' => value.Kind == CelKind.Bool ? (value.AsBool ? "1" : "0") : RadixText.InBase(value, 2),
            'o' => RadixText.InBase(value, 8),
            'x' => RadixText.Hex(value)?.ToLowerInvariant(),
            'X' => RadixText.Hex(value),
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
}
