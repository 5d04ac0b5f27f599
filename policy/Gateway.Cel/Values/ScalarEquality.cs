namespace Gateway.Cel.Values;

/// <summary>
/// Equality of the values that hold no others: those of different types are unequal, not an error, except that numbers compare by value.
/// </summary>
internal static class ScalarEquality
{
    /// <summary>Lists, maps and optionals are called unequal.</summary>
    public static bool AreEqual(in CelValue x, in CelValue y)
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
}

/// <summary>
/// Compares map keys: numbers by their value whatever their type, so that <c>1</c>, <c>1u</c> and <c>1.0</c> are one key.
/// </summary>
internal sealed class KeyComparer : IEqualityComparer<CelValue>
{
    public static KeyComparer Instance { get; } = new();

    public bool Equals(CelValue x, CelValue y) => ScalarEquality.AreEqual(x, y);

    public int GetHashCode(CelValue obj) =>
        obj.Kind switch
        {
            CelKind.String => obj.AsString.GetHashCode(StringComparison.Ordinal),
            CelKind.Bool => obj.AsBool ? 1 : 2,
            // An int, a uint and a double that are equal are equal as doubles too.
            CelKind.Int => ((double)obj.AsInt).GetHashCode(),
            CelKind.Uint => ((double)obj.AsUint).GetHashCode(),
            CelKind.Double => obj.AsDouble.GetHashCode(),
            _ => 0,
        };

    /// <summary>Whether a value may be the key of an entry (language definition, "Aggregate literals").</summary>
    public static bool MayBeKey(CelKind kind) => kind is CelKind.Bool or CelKind.Int or CelKind.Uint or CelKind.String;
}
