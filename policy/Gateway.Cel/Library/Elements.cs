using Gateway.Cel.Values;

namespace Gateway.Cel.Library;

/// <summary>What a macro goes over: the elements of a list with their indexes, or the entries of a map.</summary>
internal readonly struct Elements
{
    private static readonly CelValue NotIterable = CelValue.Fail("a macro goes over a list or a map");

    private readonly CelList? _list;
    private readonly CelMap? _map;

    private Elements(CelList? list, CelMap? map) => (_list, _map) = (list, map);

    public int Count => _list?.Count ?? _map?.Count ?? 0;

    /// <summary>False, and an error, for anything but a list or a map.</summary>
    public static bool TryOf(in CelValue source, out Elements elements, out CelValue error)
    {
        elements = new Elements(source.Kind == CelKind.List ? source.AsList : null, source.Kind == CelKind.Map ? source.AsMap : null);
        error = source.IsError ? source : NotIterable;
        return source.Kind is CelKind.List or CelKind.Map;
    }

    /// <summary>Index or key.</summary>
    public CelValue KeyAt(int index) => _map is null ? CelValue.From((long)index) : _map.KeyAt(index);

    public CelValue ValueAt(int index) => _list is null ? _map!.ValueAt(index) : _list[index];

    /// <summary>What a macro with one variable sees: the element of a list, the key of a map.</summary>
    public CelValue SoleAt(int index) => _list is null ? _map!.KeyAt(index) : _list[index];
}
