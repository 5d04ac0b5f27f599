using Gateway.Cel.Evaluation;
using Gateway.Cel.Syntax;
using Gateway.Cel.Values;

namespace Gateway.Cel.Library;

/// <summary>Parts and orders of lists. All make a new list, and each of its elements costs a step.</summary>
internal static class ListFunctions
{
    public static IReadOnlyList<Overload> Overloads { get; } =
    [
        new("lists.range(int) -> list(int)", (f, a) => Range(f, a[0].AsInt)),
        new("(list(A)).slice(int, int) -> list(A)", (f, a) => Slice(f, a[0].AsList, a[1].AsInt, a[2].AsInt)),
        new("(list(dyn)).flatten() -> list(dyn)", (f, a) => Flattening.Flatten(f, a[0].AsList, 1)),
        new("(list(dyn)).flatten(int) -> list(dyn)", (f, a) => Flattening.Flatten(f, a[0].AsList, a[1].AsInt)),
        new("(list(A)).distinct() -> list(A)", (f, a) => Distinct(f, a[0].AsList)),
        new("(list(A)).reverse() -> list(A)", (f, a) => Reverse(f, a[0].AsList)),
        new("(list(A)).sort() -> list(A)", (f, a) => Sorting.SortBy(f, a[0].AsList, a[0].AsList)),
        new($"(list(A)).{Macros.SortFunction}(list(B)) -> list(A)", (f, a) => Sorting.SortBy(f, a[0].AsList, a[1].AsList)),
    ];

    private static CelValue Range(CelActivation frame, long count) =>
        count < 0 ? Failures.OutOfBounds : Make(frame, count, i => CelValue.From((long)i));

    private static CelValue Reverse(CelActivation frame, CelList list) => Make(frame, list.Count, i => list[list.Count - 1 - i]);

    private static CelValue Slice(CelActivation frame, CelList list, long start, long end) =>
        start < 0 || end < start || end > list.Count ? Failures.OutOfBounds : Make(frame, end - start, i => list[(int)start + i]);

    /// <summary>Charges before it makes anything, so that a large count can't take memory.</summary>
    private static CelValue Make(CelActivation frame, long count, Func<int, CelValue> item)
    {
        if (!frame.Charge(count))
        {
            return Failures.TooCostly;
        }

        var items = new CelValue[count];
        for (var i = 0; i < items.Length; i++)
        {
            items[i] = item(i);
        }

        return CelValue.From(new ArrayList(items));
    }

    private static CelValue Distinct(CelActivation frame, CelList list)
    {
        var items = new List<CelValue>();
        for (var i = 0; i < list.Count; i++)
        {
            if (!frame.Charge(1 + items.Count))
            {
                return Failures.TooCostly;
            }

            var item = list[i];
            if (!items.Exists(known => DeepEquality.AreEqual(frame, known, item)))
            {
                items.Add(item);
            }
        }

        return CelValue.From(new ArrayList([.. items]));
    }
}
