namespace Gateway.Proxy.Peers;

/// <summary>
/// Which questions were answered already: each is answered once, and only while it is new. Of those that are too many none is answered.
/// Thread-safe.
/// </summary>
internal sealed class SeenQuestions(TimeProvider time)
{
    /// <value>How far the clocks of two replicas may be apart, with the way between them.</value>
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(30);

    private const int Most = 100_000;

    private readonly Dictionary<string, DateTimeOffset> _seen = new(StringComparer.Ordinal);
    private readonly Queue<(string Id, DateTimeOffset Until)> _order = new();
    private readonly Lock _lock = new();

    /// <param name="at">When it says that it was asked.</param>
    public bool TryTake(string id, DateTimeOffset at)
    {
        var now = time.GetUtcNow();
        lock (_lock)
        {
            while (_order.TryPeek(out var oldest) && oldest.Until < now)
            {
                _order.Dequeue();
                _seen.Remove(oldest.Id);
            }

            // Remembered for longer than it may come again: it may be from a clock that is ahead.
            var until = now + (2 * Window) + TimeSpan.FromSeconds(1);
            if ((now - at).Duration() > Window || _seen.Count >= Most || !_seen.TryAdd(id, until))
            {
                return false;
            }

            _order.Enqueue((id, until));
            return true;
        }
    }
}
