namespace Gateway.Cel.Values;

/// <summary>A list over an array that nobody changes any more.</summary>
internal sealed class ArrayList(CelValue[] items) : CelList
{
    public static ArrayList Empty { get; } = new([]);

    public override int Count => items.Length;

    public override CelValue this[int index] => items[index];
}
