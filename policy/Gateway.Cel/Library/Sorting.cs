using System.Numerics;
using Gateway.Cel.Evaluation;
using Gateway.Cel.Values;

namespace Gateway.Cel.Library;

/// <summary>Sorts a list by keys of one type that has an order; equal keys keep their order.</summary>
internal static class Sorting
{
    private static readonly CelValue NoOrder = CelValue.Fail("a list is sorted by values of one type that has an order");

    public static CelValue SortBy(CelActivation frame, CelList list, CelList keys)
    {
        if (!frame.Charge((long)list.Count * (1 + BitOperations.Log2((uint)list.Count + 1))))
        {
            return Failures.TooCostly;
        }

        var order = Enumerable.Range(0, list.Count).ToArray();
        for (var i = 0; i < order.Length; i++)
        {
            // Each against the first: one kind, and no NaN, which would make the order depend on the way of sorting.
            if (
                keys[i].Kind != keys[0].Kind
                || !Ordering.TryCompare(keys[i], keys[0], out _)
                || !Ordering.TryCompare(keys[i], keys[i], out var self)
                || self != 0
            )
            {
                return NoOrder;
            }
        }

        Array.Sort(order, (x, y) => Ordering.TryCompare(keys[x], keys[y], out var result) && result != 0 ? result : x.CompareTo(y));
        return CelValue.From(new ArrayList([.. order.Select(i => list[i])]));
    }
}
