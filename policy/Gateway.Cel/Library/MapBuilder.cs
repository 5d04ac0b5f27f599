using Gateway.Cel.Evaluation;
using Gateway.Cel.Values;

namespace Gateway.Cel.Library;

/// <summary>Collects the entries of a map that an expression makes.</summary>
internal sealed class MapBuilder
{
    private static readonly CelValue BadKey = CelValue.Fail("a key must be bool, int, uint or string");
    private static readonly CelValue Repeated = CelValue.Fail("a key is repeated");

    private readonly List<CelValue> _keys = [];
    private readonly List<CelValue> _values = [];

    /// <summary>An error where either is one or the key can't be one; unset where all is well.</summary>
    public CelValue Add(in CelValue key, in CelValue value)
    {
        if (key.IsError || value.IsError)
        {
            return key.IsError ? key : value;
        }

        _keys.Add(key);
        _values.Add(value);
        return KeyComparer.MayBeKey(key.Kind) ? default : BadKey;
    }

    /// <summary>The same for all entries of a map.</summary>
    public CelValue AddAll(CelActivation frame, in CelValue map)
    {
        if (map.Kind != CelKind.Map)
        {
            return map.IsError ? map : CelValue.From(CelFault.NoOverload("transformMapEntry"));
        }

        if (!frame.Charge(map.AsMap.Count))
        {
            return Failures.TooCostly;
        }

        for (var i = 0; i < map.AsMap.Count; i++)
        {
            if (Add(map.AsMap.KeyAt(i), map.AsMap.ValueAt(i)) is { Kind: CelKind.Error } error)
            {
                return error;
            }
        }

        return default;
    }

    public CelValue Build() => EntryMap.TryCreate([.. _keys], [.. _values]) is { } map ? CelValue.From(map) : Repeated;
}
