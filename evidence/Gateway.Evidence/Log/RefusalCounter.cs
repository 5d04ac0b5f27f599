using System.Net;
using Gateway.Evidence.Records;
using Gateway.Policy.Model;

namespace Gateway.Evidence.Log;

/// <summary>
/// Counts requests that were refused without a proven tenant, by reason and source, and writes one record a second into the system log.
/// Memory and disk are bounded however many come from however many addresses. Thread-safe.
/// </summary>
public sealed class RefusalCounter(JournalLog log, TimeProvider time)
{
    /// <value>Pairs of reason and source in one record; a flood beyond them is counted by reason alone. So a record is at most some 16
    /// KiB.</value>
    public const int MaxCounts = 100;

    private const string Others = "other";

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _flushing = new(1);
    private Dictionary<(ReasonCode Reason, IPAddress? Source), long> _counts = [];
    private DateTimeOffset _since;

    /// <summary>Counts one refusal. Doesn't wait and doesn't fail.</summary>
    public void Count(ReasonCode reason, IPAddress source)
    {
        lock (_gate)
        {
            if (_counts.Count == 0)
            {
                _since = time.GetUtcNow();
            }

            Add(_counts, (reason, source), 1);
        }
    }

    /// <summary>Writes what was counted since the last time. What couldn't be written is counted on.</summary>
    /// <exception cref="JournalUnavailableException">It couldn't be written.</exception>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        await _flushing.WaitAsync(cancellationToken);
        try
        {
            if (Take() is var (counts, since) && counts.Count > 0)
            {
                await WriteAsync(counts, since, cancellationToken);
            }
        }
        finally
        {
            _flushing.Release();
        }
    }

    /// <summary>Flushes once a second until cancelled, and a last time then. A log that is down costs no count.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                await TryFlushAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            await TryFlushAsync(CancellationToken.None);
        }
    }

    private async Task TryFlushAsync(CancellationToken cancellationToken)
    {
        try
        {
            await FlushAsync(cancellationToken);
        }
        catch (JournalUnavailableException)
        {
            // Counted on, and tried again with the next tick.
        }
    }

    private (Dictionary<(ReasonCode Reason, IPAddress? Source), long> Counts, DateTimeOffset Since) Take()
    {
        lock (_gate)
        {
            var taken = (_counts, _since);
            _counts = [];
            return taken;
        }
    }

    private async Task WriteAsync(
        Dictionary<(ReasonCode Reason, IPAddress? Source), long> counts,
        DateTimeOffset since,
        CancellationToken cancellationToken
    )
    {
        var list = counts
            .Select(c => new RefusalCount(c.Key.Reason, c.Key.Source?.ToString() ?? Others, c.Value))
            .OrderByDescending(c => c.Count)
            .ThenBy(c => c.Reason)
            .ThenBy(c => c.Source, StringComparer.Ordinal)
            .ToArray();
        try
        {
            await log.AppendAsync(new SystemRefusals { Second = since, Counts = list }, Durability.Written, cancellationToken);
        }
        catch
        {
            PutBack(counts, since);
            throw;
        }
    }

    private void PutBack(Dictionary<(ReasonCode Reason, IPAddress? Source), long> counts, DateTimeOffset since)
    {
        lock (_gate)
        {
            foreach (var (key, count) in counts)
            {
                Add(_counts, key, count);
            }

            _since = since;
        }
    }

    private static void Add(
        Dictionary<(ReasonCode Reason, IPAddress? Source), long> counts,
        (ReasonCode Reason, IPAddress? Source) key,
        long count
    )
    {
        // The reasons are a closed list, so that the counts without a source are few.
        var place = counts.ContainsKey(key) || counts.Count < MaxCounts ? key : (key.Reason, null);
        counts[place] = counts.GetValueOrDefault(place) + count;
    }
}
