namespace Gateway.Connectors.State;

/// <summary>
/// Values by key that stop to matter at a time. Bounded: it refuses a new key rather than forget a live one. Looks for dead ones only when
/// it is full, and at most once a second. Not thread-safe.
/// </summary>
internal sealed class KeyTable<T>(int capacity)
{
    private readonly Dictionary<string, (T Value, long Until)> _entries = new(StringComparer.Ordinal);
    private long _sweptAt = long.MinValue;

    public int Count => _entries.Count;

    public bool TryGet(string key, long now, out T value)
    {
        var live = _entries.TryGetValue(key, out var entry) && entry.Until > now;
        value = entry.Value;
        return live;
    }

    /// <summary>Whether so many more keys fit.</summary>
    public bool HasRoom(int wanted, long now)
    {
        if (_entries.Count + wanted > capacity && (_sweptAt == long.MinValue || Math.Abs(now - _sweptAt) >= Micros.PerSecond))
        {
            Sweep(now);
        }

        return _entries.Count + wanted <= capacity;
    }

    public void Set(string key, T value, long until) => _entries[key] = (value, until);

    public bool Remove(string key, long now) => _entries.Remove(key, out var entry) && entry.Until > now;

    private void Sweep(long now)
    {
        _sweptAt = now;
        foreach (var (key, entry) in _entries)
        {
            if (entry.Until <= now)
            {
                _entries.Remove(key);
            }
        }
    }
}
