using Gateway.Cel.Evaluation;
using Gateway.Cel.Values;

namespace Gateway.Cel.Library;

/// <summary>
/// Equality of any two values: values of different types are unequal, not an error, except that numbers compare by value. Comparing
/// lists and maps costs a step for each element, so that deep values can't be compared for free.
/// </summary>
internal static class DeepEquality
{
    public static bool AreEqual(CelActivation frame, in CelValue x, in CelValue y) =>
        x.Kind switch
        {
            CelKind.List => y.Kind == CelKind.List && OfLists(frame, x.AsList, y.AsList),
            CelKind.Map => y.Kind == CelKind.Map && OfMaps(frame, x.AsMap, y.AsMap),
            CelKind.Optional => y.Kind == CelKind.Optional && OfOptionals(frame, x.AsOptional, y.AsOptional),
            _ => ScalarEquality.AreEqual(x, y),
        };

    private static bool OfLists(CelActivation frame, CelList x, CelList y)
    {
        if (x.Count != y.Count)
        {
            return false;
        }

        for (var i = 0; i < x.Count && frame.Charge(1); i++)
        {
            if (!AreEqual(frame, x[i], y[i]))
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
            if (!y.TryGet(x.KeyAt(i), out var other) || !AreEqual(frame, x.ValueAt(i), other))
            {
                return false;
            }
        }

        return true;
    }

    private static bool OfOptionals(CelActivation frame, CelOptional x, CelOptional y) =>
        x.HasValue == y.HasValue && (!x.HasValue || AreEqual(frame, x.Value, y.Value));
}
