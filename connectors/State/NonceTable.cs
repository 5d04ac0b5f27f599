using Gateway.Connectors.Contracts;

namespace Gateway.Connectors.State;

/// <summary>The nonces of one tenant that may not come again. Bounded: it refuses rather than forget. Not thread-safe.</summary>
internal sealed class NonceTable(int capacity)
{
    // Few enough that no request pays for a crowd, more than one so that the table shrinks.
    private const int ForgottenAtOnce = 4;

    private readonly HashSet<(string KeyId, string Value)> _seen = [];
    private readonly PriorityQueue<(string KeyId, string Value), long> _expiry = new();

    public int Count => _seen.Count;

    public bool Contains(NonceUse nonce) => _seen.Contains((nonce.KeyId, nonce.Value));

    /// <summary>Makes room where it can; false when every remembered nonce must still be remembered.</summary>
    public bool HasRoom(long now)
    {
        Forget(now, ForgottenAtOnce);
        return _seen.Count < capacity;
    }

    public void Add(NonceUse nonce, long until)
    {
        _seen.Add((nonce.KeyId, nonce.Value));
        _expiry.Enqueue((nonce.KeyId, nonce.Value), until);
    }

    private void Forget(long now, int most)
    {
        while (most-- > 0 && _expiry.TryPeek(out var nonce, out var until) && until <= now)
        {
            _expiry.Dequeue();
            _seen.Remove(nonce);
        }
    }
}
