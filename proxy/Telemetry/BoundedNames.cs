using System.Collections.Concurrent;

namespace Gateway.Proxy.Telemetry;

/// <summary>
/// Names for metric labels: the first that come, and <c>other</c> for the rest, so that no caller and no governance can grow what the dashboards keep. Thread-safe.
/// </summary>
internal sealed class BoundedNames(int most)
{
    public const string Other = "other";

    private readonly ConcurrentDictionary<string, byte> _known = new(StringComparer.Ordinal);
    private int _count;

    public string Of(string name)
    {
        if (_known.ContainsKey(name))
        {
            return name;
        }

        return Volatile.Read(ref _count) < most && Interlocked.Increment(ref _count) <= most && _known.TryAdd(name, 0) ? name : Other;
    }
}
