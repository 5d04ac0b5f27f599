using Gateway.Connectors.Contracts;
using Gateway.Connectors.Stores;
using Gateway.Policy.Model;
using Gateway.Proxy.Admission;

namespace Gateway.Proxy.Approvals;

/// <summary>
/// Waits for an approval to change: for calls that are held and for agents that ask what became of it. The store is read where the
/// approval was seen to change, or its time is over. Ends with the process's orderly end. Thread-safe.
/// </summary>
public sealed class ApprovalWaits(ApprovalStore store, SeenChanges seen, IHostApplicationLifetime host, TimeProvider time)
{
    /// <value>Waiting at once of one agent: as many as it may have approvals that are open; each holds a connection.</value>
    private const int MostOfOneAgent = 100;

    private readonly Dictionary<(Id<Tenant>, string), int> _places = [];
    private readonly Lock _lock = new();

    /// <summary>Whether the process is about to end, so that nothing waits any longer.</summary>
    public bool IsEnding => host.ApplicationStopping.IsCancellationRequested;

    /// <summary>A place among those of the agent that wait, until it is disposed of; null where all are taken.</summary>
    public IDisposable? TryEnter(Id<Tenant> tenant, string agent)
    {
        lock (_lock)
        {
            var taken = _places.GetValueOrDefault((tenant, agent));
            if (taken == MostOfOneAgent)
            {
                return null;
            }

            _places[(tenant, agent)] = taken + 1;
            return new Place(this, (tenant, agent));
        }
    }

    /// <summary>As it is once it isn't as it was known; as it is by then, where the time is over before.</summary>
    /// <exception cref="DurableStoreException">The store can't be read.</exception>
    public async Task<ApprovalRecord> NextAsync(Id<Tenant> tenant, ApprovalRecord known, TimeSpan most, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        using var watch = seen.Begin(tenant, known.Id);
        while (true)
        {
            var next = watch.Next();
            var now = time.GetUtcNow();
            var found = await store.FindAsync(tenant, known.Id, now, cancellationToken) ?? known with { State = ApprovalState.Expired };
            var left = most - time.GetElapsedTime(began);
            if (found.State != known.State || found.Votes.Count != known.Votes.Count || left <= TimeSpan.Zero || IsEnding)
            {
                return found;
            }

            if (found.IsLive && found.Ends - now < left)
            {
                left = found.Ends - now;
            }

            await UntilAsync(next, left, cancellationToken);
        }
    }

    private async Task UntilAsync(Task next, TimeSpan left, CancellationToken cancellationToken)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, host.ApplicationStopping);
        await Task.WhenAny(next, Task.Delay(left + TimeSpan.FromMilliseconds(1), time, waiting.Token));
        await waiting.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }

    private void Leave((Id<Tenant>, string) agent)
    {
        lock (_lock)
        {
            if (--_places[agent] == 0)
            {
                _places.Remove(agent);
            }
        }
    }

    private sealed class Place(ApprovalWaits all, (Id<Tenant>, string) agent) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0)
            {
                all.Leave(agent);
            }
        }
    }
}
