using System.Diagnostics;
using Gateway.LoadTests.Measuring;

namespace Gateway.LoadTests.Generating;

/// <summary>
/// Makes load over kept connections, each with a thread of its own that blocks: a thread that waits costs nothing, and no pool or loop
/// stands between the answer and the clock.
/// </summary>
internal static class LoadGenerator
{
    private const int StackBytes = 256 * 1024;

    /// <summary>How much longer than the stretch an open loop goes on sending what has become late.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Closed loop: each connection sends its next request when its last one is answered. Finds the maximum, and hides every stall.
    /// </summary>
    public static LoadResult Closed(IReadOnlyList<LoadWorker> workers, TimeSpan length) =>
        Run(
            workers,
            length,
            static (worker, span) =>
            {
                for (var now = Stopwatch.GetTimestamp(); now < span.End; now = Stopwatch.GetTimestamp())
                {
                    worker.Send(now, span.End);
                }
            }
        );

    /// <summary>
    /// Open loop: requests are due at a constant rate, whatever has become of those before, and latency counts from when a request was due.
    /// A server that stalls for a second is charged with all that would have arrived in it.
    /// </summary>
    /// <param name="perSecond">Over all connections; above zero.</param>
    public static LoadResult Open(IReadOnlyList<LoadWorker> workers, TimeSpan length, double perSecond)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(perSecond);
        var taken = 0L;
        var due = (long)(length.TotalSeconds * perSecond);
        var result = Run(
            workers,
            length,
            (worker, span) =>
            {
                var ticks = Stopwatch.Frequency / perSecond;
                var latest = span.End + (long)(Grace.TotalSeconds * Stopwatch.Frequency);
                long ticket;
                while (Stopwatch.GetTimestamp() < latest && (ticket = Interlocked.Increment(ref taken) - 1) < due)
                {
                    var at = span.Start + (long)(ticket * ticks);
                    PreciseWait.Until(at);
                    worker.Send(at, span.End);
                }
            }
        );
        return result with { Unsent = Math.Max(0, due - result.Succeeded - result.Failed) };
    }

    private static LoadResult Run(IReadOnlyList<LoadWorker> workers, TimeSpan length, Action<LoadWorker, (long Start, long End)> work)
    {
        using var ready = new CountdownEvent(workers.Count);
        using var go = new ManualResetEventSlim();
        var span = (Start: 0L, End: 0L);
        var threads = workers
            .Select(worker => new Thread(
                () =>
                {
                    PreciseWait.BePunctual();
                    ready.Signal();
                    go.Wait();
                    work(worker, span);
                },
                StackBytes
            ))
            .ToList();
        threads.ForEach(thread => thread.Start());
        ready.Wait();
        var start = Stopwatch.GetTimestamp();
        span = (start, start + (long)(length.TotalSeconds * Stopwatch.Frequency));
        go.Set();
        threads.ForEach(thread => thread.Join());
        return Sum(workers, Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    private static LoadResult Sum(IReadOnlyList<LoadWorker> workers, double seconds)
    {
        var latency = Latencies.New();
        foreach (var worker in workers)
        {
            latency.Add(worker.Latency);
        }

        return new LoadResult
        {
            Succeeded = workers.Sum(w => w.Succeeded),
            InTime = workers.Sum(w => w.InTime),
            Failed = workers.Sum(w => w.Failed),
            Seconds = seconds,
            Latency = latency,
            FirstFailure = workers.Select(w => w.FirstFailure).FirstOrDefault(f => f is not null),
        };
    }
}
