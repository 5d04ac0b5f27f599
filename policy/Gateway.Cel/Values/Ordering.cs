using Gateway.Cel.Text;

namespace Gateway.Cel.Values;

/// <summary>The order of two values, where the language has one.</summary>
internal static class Ordering
{
    /// <summary>
    /// False where these kinds have no order; <paramref name="order"/> is then undefined. A NaN gives
    /// <see cref="NumberComparison.Unordered"/>.
    /// </summary>
    public static bool TryCompare(in CelValue x, in CelValue y, out int order)
    {
        if (NumberComparison.IsNumber(x.Kind) && NumberComparison.IsNumber(y.Kind))
        {
            order = NumberComparison.Compare(x, y);
            return true;
        }

        order = 0;
        return x.Kind == y.Kind && TryCompareSame(x, y, out order);
    }

    private static bool TryCompareSame(in CelValue x, in CelValue y, out int order)
    {
        (var known, order) = x.Kind switch
        {
            CelKind.Bool or CelKind.Duration => (true, x.AsInt.CompareTo(y.AsInt)),
            CelKind.String => (true, Math.Sign(CodePointOrder.Instance.Compare(x.AsString, y.AsString))),
            CelKind.Bytes => (true, Math.Sign(x.AsBytes.AsSpan().SequenceCompareTo(y.AsBytes))),
            CelKind.Timestamp => (true, Compare(x.AsTimestamp, y.AsTimestamp)),
            _ => (false, 0),
        };
        return known;
    }

    private static int Compare(CelTimestamp x, CelTimestamp y) =>
        x.Seconds == y.Seconds ? x.Nanos.CompareTo(y.Nanos) : x.Seconds.CompareTo(y.Seconds);
}
