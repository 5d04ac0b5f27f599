namespace Gateway.Cel.Values;

/// <summary>A map over arrays of keys and values. Few keys are searched in order, many through a table.</summary>
public sealed class EntryMap : CelMap
{
    private const int FewKeys = 8;

    private readonly CelValue[] _keys;
    private readonly CelValue[] _values;
    private readonly Dictionary<CelValue, int>? _positions;

    private EntryMap(CelValue[] keys, CelValue[] values, Dictionary<CelValue, int>? positions) =>
        (_keys, _values, _positions) = (keys, values, positions);

    public static EntryMap Empty { get; } = new([], [], null);

    public override int Count => _keys.Length;

    /// <summary>Null where a key appears twice, which the language forbids.</summary>
    public static EntryMap? TryCreate(CelValue[] keys, CelValue[] values)
    {
        if (keys.Length <= FewKeys)
        {
            return HasDuplicates(keys) ? null : new EntryMap(keys, values, null);
        }

        var positions = new Dictionary<CelValue, int>(keys.Length, KeyComparer.Instance);
        for (var i = 0; i < keys.Length; i++)
        {
            if (!positions.TryAdd(keys[i], i))
            {
                return null;
            }
        }

        return new EntryMap(keys, values, positions);
    }

    public override CelValue KeyAt(int index) => _keys[index];

    public override CelValue ValueAt(int index) => _values[index];

    public override bool TryGet(in CelValue key, out CelValue value) =>
        key.Kind == CelKind.String ? TryGet(key.AsString, out value) : TryGetAt(PositionOf(key), out value);

    public override bool TryGet(string key, out CelValue value) =>
        TryGetAt(_positions is null ? PositionOf(key) : PositionOf(CelValue.From(key)), out value);

    private bool TryGetAt(int position, out CelValue value)
    {
        value = position < 0 ? default : _values[position];
        return position >= 0;
    }

    private int PositionOf(string key)
    {
        var keys = _keys;
        for (var i = 0; i < keys.Length; i++)
        {
            if (keys[i].Kind == CelKind.String && string.Equals(keys[i].AsString, key))
            {
                return i;
            }
        }

        return -1;
    }

    private int PositionOf(in CelValue key)
    {
        if (_positions is not null)
        {
            return _positions.GetValueOrDefault(key, -1);
        }

        for (var i = 0; i < _keys.Length; i++)
        {
            if (ScalarEquality.AreEqual(_keys[i], key))
            {
                return i;
            }
        }

        return -1;
    }

    private static bool HasDuplicates(CelValue[] keys)
    {
        for (var i = 1; i < keys.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (ScalarEquality.AreEqual(keys[i], keys[j]))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
