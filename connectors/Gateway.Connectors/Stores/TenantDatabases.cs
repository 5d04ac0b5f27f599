using System.Collections.Concurrent;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Stores;

/// <summary>What tables are kept in: apart for each tenant, reached a transaction at a time. Thread-safe.</summary>
public abstract class TenantDatabases : IAsyncDisposable
{
    /// <value>Many times what it takes to put on record all that can be unrecorded.</value>
    private static readonly TimeSpan LongestRecording = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<Id<Tenant>, SemaphoreSlim> _recording = new();
    private long _transactions;

    /// <summary>What this process knows to have been there.</summary>
    public SeenHistory History { get; } = new();

    /// <value>Transactions that were begun; tests count them.</value>
    internal long Transactions => Interlocked.Read(ref _transactions);

    /// <summary>The tenants that there is something of, in the order of their names.</summary>
    /// <exception cref="DurableStoreException">It can't be read.</exception>
    public abstract Task<IReadOnlyList<Id<Tenant>>> TenantsAsync(CancellationToken cancellationToken);

    /// <summary>Whether there is something of the tenant.</summary>
    /// <exception cref="DurableStoreException">It can't be read.</exception>
    public abstract Task<bool> ExistsAsync(Id<Tenant> tenant, CancellationToken cancellationToken);

    /// <summary>Makes what isn't there, checks what is, and brings its tables to the newest version: all steps or none.</summary>
    /// <exception cref="DurableStoreException">It can't be used.</exception>
    public abstract Task PrepareAsync(Id<Tenant> tenant, CancellationToken cancellationToken);

    /// <summary>
    /// Reads or writes in one transaction; what is thrown undoes it. Of those that write for one tenant each sees all that the one before
    /// it wrote: they take turns.
    /// </summary>
    /// <exception cref="DurableStoreException">Whatever went wrong, or the store was put back from a copy.</exception>
    public abstract Task<T> RunAsync<T>(
        Id<Tenant> tenant,
        bool write,
        Func<TenantSession, Task<T>> workAsync,
        CancellationToken cancellationToken
    );

    /// <summary>
    /// As the other, of a store that may have been put back from a copy: for who holds it against the journal, and for nobody else. What is
    /// written so isn't known until it is seen (<see cref="SeenHistory.See"/>).
    /// </summary>
    internal abstract Task<T> RunPutBackAsync<T>(
        Id<Tenant> tenant,
        bool write,
        Func<TenantSession, Task<T>> workAsync,
        CancellationToken cancellationToken
    );

    /// <summary>
    /// The turn to put the tenant's changes on record among all who would in this process. Without it each of many would hold a connection
    /// while it waits for the others, and who has the right would find none left to work with.
    /// </summary>
    /// <exception cref="DurableStoreException">Who has it doesn't come to an end.</exception>
    internal async Task<IDisposable> TakeRecordingTurnAsync(Id<Tenant> tenant, CancellationToken cancellationToken)
    {
        var turn = _recording.GetOrAdd(tenant, _ => new SemaphoreSlim(1, 1));
        return await turn.WaitAsync(LongestRecording, cancellationToken)
            ? new Turn(turn)
            : throw new DurableStoreException(
                $"The changes of tenant '{tenant}' have not come on record for {LongestRecording.TotalSeconds:F0} s: see what holds up "
                    + "the disk of its journal."
            );
    }

    /// <summary>The right to put the tenant's changes on record among all processes, until it is disposed of.</summary>
    /// <exception cref="DurableStoreException">Another process holds it for too long, or it can't be asked for.</exception>
    public abstract Task<IAsyncDisposable> LockRecordingAsync(Id<Tenant> tenant, CancellationToken cancellationToken);

    /// <inheritdoc cref="IDurableStore.NextChange"/>
    public abstract Task NextChange();

    public abstract ValueTask DisposeAsync();

    /// <summary>The same work, of which nothing is known from then on.</summary>
    private protected static Func<TenantSession, Task<T>> Unseen<T>(Func<TenantSession, Task<T>> workAsync) =>
        async session =>
        {
            var result = await workAsync(session);
            session.Newest = null;
            return result;
        };

    /// <summary>What was committed, or read, is known from here on.</summary>
    private protected void See(TenantSession session)
    {
        if (session.Newest is { } newest)
        {
            History.See(session.Tenant, newest);
        }
    }

    private protected void CountTransaction() => Interlocked.Increment(ref _transactions);

    private sealed class Turn(SemaphoreSlim taken) : IDisposable
    {
        public void Dispose() => taken.Release();
    }
}
