namespace Gateway.Cel.Values;

/// <summary>
/// A map, immutable and safe for many threads. Keys are bool, int, uint or string; a number finds an equal number of another type.
/// </summary>
public abstract class CelMap
{
    public abstract int Count { get; }

    /// <summary>The key at a position from 0 to <see cref="Count"/> - 1; the order is that of the source.</summary>
    public abstract CelValue KeyAt(int index);

    public abstract CelValue ValueAt(int index);

    /// <summary>False, and an unset value, where there is no such key.</summary>
    public abstract bool TryGet(in CelValue key, out CelValue value);

    /// <summary>The same for a text, which is how fields are selected.</summary>
    public abstract bool TryGet(string key, out CelValue value);
}
