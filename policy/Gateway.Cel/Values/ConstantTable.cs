using System.Collections.Frozen;
using System.Runtime.InteropServices;

namespace Gateway.Cel.Values;

/// <summary>What belongs to each of some constants, found by a value that equals one as <c>==</c> has it. Immutable.</summary>
public sealed class ConstantTable<T>
{
    /// <summary>Texts apart, since most constants are, and a long text that no constant is as long as needn't be read.</summary>
    private readonly FrozenDictionary<string, T[]> _ofTexts;
    private readonly FrozenDictionary<CelValue, T[]> _ofOthers;

    /// <param name="items">Those of one constant stay in this order.</param>
    /// <exception cref="ArgumentException">A constant isn't one that <see cref="ConstantTable.Takes"/> knows.</exception>
    public ConstantTable(IEnumerable<(CelValue Constant, T Item)> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        var byConstant = new Dictionary<CelValue, List<T>>(KeyComparer.Instance);
        foreach (var (constant, item) in items)
        {
            if (!ConstantTable.Takes(constant))
            {
                throw new ArgumentException("Not every value that equals this constant could be looked up.", nameof(items));
            }

            ref var list = ref CollectionsMarshal.GetValueRefOrAddDefault(byConstant, constant, out _);
            (list ??= new(1)).Add(item);
        }

        var kinds = byConstant.ToLookup(
            pair => pair.Key.Kind == CelKind.String,
            pair => KeyValuePair.Create(pair.Key, pair.Value.ToArray())
        );
        _ofTexts = kinds[true].ToFrozenDictionary(pair => pair.Key.AsString, pair => pair.Value, StringComparer.Ordinal);
        _ofOthers = kinds[false].ToFrozenDictionary(KeyComparer.Instance);
    }

    /// <summary>Nothing for a value that equals no constant, and for an error. Not to be changed.</summary>
    public T[] Find(in CelValue value) =>
        (
            value.Kind == CelKind.String ? _ofTexts.GetValueOrDefault(value.AsString)
            : value.Kind is CelKind.Bool or CelKind.Null or CelKind.Int or CelKind.Uint or CelKind.Double
                ? _ofOthers.GetValueOrDefault(value)
            : null
        ) ?? [];
}

/// <summary>Which constants such a table takes.</summary>
public static class ConstantTable
{
    /// <summary>Integers beyond it can equal one double together, and so one value several constants.</summary>
    private const long Exact = 1L << 53;

    /// <summary>
    /// Whether all values that equal a constant can be looked up: texts, bools, null, and integers that doubles tell apart.
    /// </summary>
    public static bool Takes(in CelValue constant) =>
        constant.Kind switch
        {
            CelKind.String or CelKind.Bool or CelKind.Null => true,
            CelKind.Int => constant.AsInt is > -Exact and < Exact,
            CelKind.Uint => constant.AsUint < Exact,
            _ => false,
        };
}
