using System.Collections.Concurrent;

namespace Gateway.Proxy.Telemetry;

/// <summary>
/// Names for metric labels: the first that come, and <c>other</c> for the rest, so that no caller and no governance can grow what the
/// dashboards keep. Thread-safe.
/// </summary>
internal sealed class BoundedNames(int most)
{
    public const string Other = "other";

    private readonly ConcurrentDictionary<string, byte> _known = new(StringComparer.Ordinal);
    private readonly Lock _adding = new();
    private volatile bool _full;

    public string Of(string name)
    {
        if (_known.ContainsKey(name))
        {
            return name;
        }

        return _full ? Other : Add(name);
    }

    private string Add(string name)
    {
        lock (_adding)
        {
            if (_known.Count < most)
            {
                _known.TryAdd(name, 0);
            }

            _full = _known.Count >= most;
            return _known.ContainsKey(name) ? name : Other;
        }
    }
}
