namespace Gateway.Connectors.State;

/// <summary>Who holds the slots of one concurrency limit, and until when at most. Not thread-safe.</summary>
internal sealed class LeaseSet
{
    private readonly Dictionary<string, long> _leases = new(StringComparer.Ordinal);

    public bool IsFull(int max, long now)
    {
        if (_leases.Count >= max)
        {
            DropExpired(now);
        }

        return _leases.Count >= max;
    }

    public void Take(string requestId, long until) => _leases[requestId] = until;

    public void Release(string requestId) => _leases.Remove(requestId);

    private void DropExpired(long now)
    {
        foreach (var (id, until) in _leases)
        {
            if (until <= now)
            {
                _leases.Remove(id);
            }
        }
    }
}
