using Gateway.Cel.Values;

namespace Gateway.Cel.Library;

/// <summary>Finds what stands at an index of a list or under a key of a map.</summary>
internal static class ElementFinder
{
    private static readonly CelValue BadIndex = CelValue.From(CelFault.NoOverload("[]"));

    /// <summary>False with an unset value where there is nothing, and with an error where the index can't be one.</summary>
    public static bool TryFind(in CelValue container, in CelValue index, out CelValue found)
    {
        found = BadIndex;
        if (container.Kind == CelKind.Map)
        {
            return MayFind(index.Kind) && container.AsMap.TryGet(index, out found);
        }

        if (container.Kind != CelKind.List || !TryPosition(index, out var position))
        {
            return false;
        }

        var list = container.AsList;
        var isThere = position >= 0 && position < list.Count;
        found = isThere ? list[(int)position] : default;
        return isThere;
    }

    private static bool MayFind(CelKind kind) => KeyComparer.MayBeKey(kind) || kind == CelKind.Double;

    /// <summary>An int, or a uint or double that is one.</summary>
    private static bool TryPosition(in CelValue index, out long position)
    {
        position = index.Kind switch
        {
            CelKind.Int => index.AsInt,
            CelKind.Uint => index.AsUint <= int.MaxValue ? (long)index.AsUint : int.MaxValue,
            CelKind.Double when index.AsDouble is >= int.MinValue and <= int.MaxValue => (long)index.AsDouble,
            _ => -1,
        };
        return index.Kind is CelKind.Int or CelKind.Uint || (index.Kind == CelKind.Double && position == index.AsDouble);
    }
}
