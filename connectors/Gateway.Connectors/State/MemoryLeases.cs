using Gateway.Connectors.Contracts;

namespace Gateway.Connectors.State;

/// <summary>
/// The requests of one tenant that hold something, and until when they do. Bounded: it refuses rather than forget. Not thread-safe.
/// </summary>
internal sealed class MemoryLeases(int capacity)
{
    private const int Spare = 1000;

    private readonly Dictionary<string, (AdmissionRequest Request, long At, long Until)> _open = new(StringComparer.Ordinal);

    // By when each would end as it was when it was put in: one that was renewed or settled since is found out when it is its turn.
    private readonly PriorityQueue<string, long> _ends = new();

    public bool HasRoom => _open.Count < capacity;

    public void Add(AdmissionRequest request, long now)
    {
        var until = now + Micros.From(request.Lease);
        if (_open.TryAdd(request.RequestId, (request, now, until)))
        {
            _ends.Enqueue(request.RequestId, until);
            Forget();
        }
    }

    /// <summary>Once for each request: what makes settling idempotent.</summary>
    public bool Remove(string requestId) => _open.Remove(requestId);

    public void Renew(string requestId, long until)
    {
        if (_open.TryGetValue(requestId, out var held))
        {
            _open[requestId] = held with { Until = until };
            if (until < held.Until)
            {
                _ends.Enqueue(requestId, until);
            }
        }
    }

    /// <summary>
    /// Keeps no more of those that were settled than of those that are open: most are settled long before their lease ends.
    /// </summary>
    private void Forget()
    {
        if (_ends.Count > Spare + (2 * _open.Count))
        {
            _ends.Clear();
            foreach (var (id, held) in _open)
            {
                _ends.Enqueue(id, held.Until);
            }
        }
    }

    /// <summary>One whose lease has ended, with the time of its admission; null for none. It holds nothing any more.</summary>
    public (AdmissionRequest Request, DateTimeOffset At)? TakeEnded(long now)
    {
        while (_ends.TryPeek(out var id, out var end) && end <= now)
        {
            _ends.Dequeue();
            if (!_open.TryGetValue(id, out var held))
            {
                continue;
            }

            if (held.Until <= now)
            {
                _open.Remove(id);
                return (held.Request, Micros.ToTime(held.At));
            }

            _ends.Enqueue(id, held.Until);
        }

        return null;
    }
}
