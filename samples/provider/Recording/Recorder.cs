namespace Gateway.Samples.Provider.Recording;

/// <summary>Keeps the last requests and counts all, so that a test can prove what arrived and what didn't. Thread-safe.</summary>
/// <param name="capacity">0 only counts.</param>
internal sealed class Recorder(int capacity)
{
    private static readonly PathString[] Own = ["/_seen", "/_count", "/__drift"];

    private readonly Lock _gate = new();
    private readonly Queue<Received> _last = new();
    private long _count;

    public long Count => Interlocked.Read(ref _count);

    /// <summary>Reads the body and records before anything is answered. The stand-in's own pages are not recorded.</summary>
    public async Task RecordAsync(HttpContext http, RequestDelegate next)
    {
        if (!Own.Any(page => http.Request.Path.StartsWithSegments(page)))
        {
            var received = await Received.ReadAsync(http);
            Interlocked.Increment(ref _count);
            Keep(received);
            http.Features.Set(received);
        }

        await next(http);
    }

    public Received[] Last()
    {
        lock (_gate)
        {
            return [.. _last];
        }
    }

    /// <summary>Forgets the requests and begins to count anew.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _last.Clear();
            Interlocked.Exchange(ref _count, 0);
        }
    }

    private void Keep(Received received)
    {
        if (capacity == 0)
        {
            return;
        }

        lock (_gate)
        {
            _last.Enqueue(received);
            if (_last.Count > capacity)
            {
                _last.Dequeue();
            }
        }
    }
}
