namespace Gateway.Cel.Values;

/// <summary>
/// Equality of any two values: values of different types are unequal, not an error, except that numbers compare by value. Comparing
/// lists and maps costs a step for each element, so that deep values can't be compared for free.
/// </summary>
internal static class Equality
{
    public static bool Of(CelActivation frame, in CelValue x, in CelValue y) =>
        x.Kind switch
        {
            CelKind.List => y.Kind == CelKind.List && OfLists(frame, x.AsList, y.AsList),
            CelKind.Map => y.Kind == CelKind.Map && OfMaps(frame, x.AsMap, y.AsMap),
            CelKind.Optional => y.Kind == CelKind.Optional && OfOptionals(frame, x.AsOptional, y.AsOptional),
            _ => OfScalars(x, y),
        };

    /// <summary>For everything but lists, maps and optionals, which it calls unequal.</summary>
    public static bool OfScalars(in CelValue x, in CelValue y)
    {
        if (x.Kind != y.Kind)
        {
            return NumberComparison.IsNumber(x.Kind) && NumberComparison.IsNumber(y.Kind) && NumberComparison.Compare(x, y) == 0;
        }

        return x.Kind switch
        {
            CelKind.Null => true,
            CelKind.Bool or CelKind.Int or CelKind.Uint or CelKind.Duration => x.AsInt == y.AsInt,
            CelKind.Double => x.AsDouble == y.AsDouble,
            CelKind.String => string.Equals(x.AsString, y.AsString),
            CelKind.Bytes => x.AsBytes.AsSpan().SequenceEqual(y.AsBytes),
            CelKind.Timestamp => x.AsTimestamp == y.AsTimestamp,
            CelKind.Type => x.AsType.HasSameName(y.AsType),
            CelKind.Address => x.AsAddress == y.AsAddress,
            CelKind.Network => x.AsNetwork == y.AsNetwork,
            _ => false,
        };
    }

    private static bool OfLists(CelActivation frame, CelList x, CelList y)
    {
        if (x.Count != y.Count)
        {
            return false;
        }

        for (var i = 0; i < x.Count && frame.Charge(1); i++)
        {
            if (!Of(frame, x[i], y[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool OfMaps(CelActivation frame, CelMap x, CelMap y)
    {
        if (x.Count != y.Count)
        {
            return false;
        }

        for (var i = 0; i < x.Count && frame.Charge(1); i++)
        {
            if (!y.TryGet(x.KeyAt(i), out var other) || !Of(frame, x.ValueAt(i), other))
            {
                return false;
            }
        }

        return true;
    }

    private static bool OfOptionals(CelActivation frame, CelOptional x, CelOptional y) =>
        x.HasValue == y.HasValue && (!x.HasValue || Of(frame, x.Value, y.Value));
}
