using Gateway.Cel.Values;

namespace Gateway.Cel.Library;

/// <summary>Which value of each type counts as its zero: what <c>optional.ofNonZeroValue</c> takes for no value.</summary>
internal static class ZeroValues
{
    public static bool IsZero(in CelValue value) =>
        value.Kind switch
        {
            CelKind.Null => true,
            CelKind.Bool => !value.AsBool,
            CelKind.Int or CelKind.Uint or CelKind.Duration => value.AsInt == 0,
            CelKind.Double => value.AsDouble == 0,
            CelKind.String => value.AsString.Length == 0,
            CelKind.Bytes => value.AsBytes.Length == 0,
            CelKind.List => value.AsList.Count == 0,
            CelKind.Map => value.AsMap.Count == 0,
            CelKind.Optional => !value.AsOptional.HasValue,
            CelKind.Timestamp => value.AsTimestamp == new CelTimestamp(CelTimestamp.MinSeconds, 0),
            _ => false,
        };
}
