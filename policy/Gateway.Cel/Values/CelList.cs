namespace Gateway.Cel.Values;

/// <summary>A list of values, immutable and safe for many threads.</summary>
public abstract class CelList
{
    public abstract int Count { get; }

    /// <summary>The element at an index from 0 to <see cref="Count"/> - 1.</summary>
    public abstract CelValue this[int index] { get; }
}

/// <summary>A list over an array that nobody changes any more.</summary>
internal sealed class ArrayList(CelValue[] items) : CelList
{
    public static ArrayList Empty { get; } = new([]);

    public override int Count => items.Length;

    public override CelValue this[int index] => items[index];
}
