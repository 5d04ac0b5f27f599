namespace Gateway.Cel.Values;

/// <summary>
/// Compares map keys: numbers by their value whatever their type, so that <c>1</c>, <c>1u</c> and <c>1.0</c> are one key.
/// </summary>
internal sealed class KeyComparer : IEqualityComparer<CelValue>
{
    public static KeyComparer Instance { get; } = new();

    public bool Equals(CelValue x, CelValue y) => Equality.OfScalars(x, y);

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
