using System.Buffers;
using System.Numerics;

namespace Gateway.Connectors.Mcp.Schemas;

/// <summary>Whether an array has a value twice, by a table of its items' hashes: in one pass, whatever the items are.</summary>
internal static class ItemHashes
{
    private const int FewItems = 64;

    public static bool AreDistinct(ref SchemaWalk walk, int at)
    {
        var size = (int)BitOperations.RoundUpToPowerOf2((uint)walk.Instance[at].Count * 2 + 1);
        if (size <= FewItems * 2)
        {
            Span<int> few = stackalloc int[size];
            few.Clear();
            return AreDistinct(ref walk, at, few);
        }

        walk.Spend(size / 16);
        var rented = ArrayPool<int>.Shared.Rent(size);
        var table = rented.AsSpan(0, size);
        table.Clear();
        var areDistinct = AreDistinct(ref walk, at, table);
        ArrayPool<int>.Shared.Return(rented);
        return areDistinct;
    }

    /// <param name="table">Tokens of items at the places of their hashes; 0 is free, as no item is the first token.</param>
    private static bool AreDistinct(ref SchemaWalk walk, int at, scoped Span<int> table)
    {
        var mask = (ulong)table.Length - 1;
        var end = walk.Instance[at].Next;
        for (var item = at + 1; item < end && !walk.IsSpent; item = walk.Instance[item].Next)
        {
            var hash = walk.Hash(item);
            var place = hash & mask;
            for (; table[(int)place] is > 0 and var other; place = (place + 1) & mask)
            {
                walk.Spend(1);
                if (walk.Hash(other) == hash && walk.AreSame(other, item))
                {
                    return false;
                }
            }

            table[(int)place] = item;
        }

        return true;
    }
}
