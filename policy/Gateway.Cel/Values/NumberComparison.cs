namespace Gateway.Cel.Values;

/// <summary>
/// Compares numbers across their types. An integer meets a double as a double, once it is clear that it lies within the other's range; that
/// is what the published conformance cases demand, so integers beyond 2^53 can equal a double that is near.
/// </summary>
internal static class NumberComparison
{
    /// <summary>The answer where a NaN takes part: neither less, nor equal, nor greater.</summary>
    public const int Unordered = 2;

    private const double TwoTo63 = 9223372036854775808.0;
    private const double TwoTo64 = 18446744073709551616.0;

    public static bool IsNumber(CelKind kind) => kind is CelKind.Int or CelKind.Uint or CelKind.Double;

    /// <summary>-1, 0, 1 or <see cref="Unordered"/>. Both must be numbers.</summary>
    public static int Compare(in CelValue x, in CelValue y) =>
        (x.Kind, y.Kind) switch
        {
            (CelKind.Int, CelKind.Int) => x.AsInt.CompareTo(y.AsInt),
            (CelKind.Uint, CelKind.Uint) => x.AsUint.CompareTo(y.AsUint),
            (CelKind.Double, CelKind.Double) => Compare(x.AsDouble, y.AsDouble),
            (CelKind.Int, CelKind.Uint) => x.AsInt < 0 ? -1 : ((ulong)x.AsInt).CompareTo(y.AsUint),
            (CelKind.Uint, CelKind.Int) => y.AsInt < 0 ? 1 : x.AsUint.CompareTo((ulong)y.AsInt),
            (CelKind.Double, CelKind.Int) => Compare(x.AsDouble, y.AsInt),
            (CelKind.Int, CelKind.Double) => Reverse(Compare(y.AsDouble, x.AsInt)),
            (CelKind.Double, _) => Compare(x.AsDouble, y.AsUint),
            _ => Reverse(Compare(y.AsDouble, x.AsUint)),
        };

    private static int Compare(double x, double y) =>
        x < y ? -1
        : x > y ? 1
        : x == y ? 0
        : Unordered;

    private static int Compare(double x, long y) =>
        x < -TwoTo63 ? -1
        : x > TwoTo63 ? 1
        : Compare(x, (double)y);

    private static int Compare(double x, ulong y) =>
        x < 0 ? -1
        : x > TwoTo64 ? 1
        : Compare(x, (double)y);

    private static int Reverse(int order) => order == Unordered ? order : -order;
}
