namespace Gateway.Cel.Values;

/// <summary>A list of values, immutable and safe for many threads.</summary>
public abstract class CelList
{
    public abstract int Count { get; }

    /// <summary>The element at an index from 0 to <see cref="Count"/> - 1.</summary>
    public abstract CelValue this[int index] { get; }
}
