using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Stores;

/// <summary>
/// On whose volume each log of the journal lies, in the durable store, where all replicas look. Thread-safe. Methods throw
/// <see cref="DurableStoreException"/> when the store can't be reached.
/// </summary>
public sealed class LogStore(TenantDatabases databases)
{
    /// <summary>Null for a log that nobody told of.</summary>
    public Task<ClaimedLog?> FindAsync(Id<Tenant> tenant, string log, CancellationToken cancellationToken) =>
        databases.RunAsync(tenant, write: false, session => LogTable.FindAsync(session, log), cancellationToken);

    /// <summary>In the order of their ids.</summary>
    public Task<IReadOnlyList<ClaimedLog>> ListAsync(Id<Tenant> tenant, CancellationToken cancellationToken) =>
        databases.RunAsync(tenant, write: false, LogTable.ListAsync, cancellationToken);

    /// <summary>Says that a log lies at an address.</summary>
    /// <param name="may">Whether what stands there may be written over; null for nothing there. Called inside the transaction.</param>
    /// <returns>Null where it was written; otherwise what stands there.</returns>
    public Task<ClaimedLog?> ClaimAsync(
        Id<Tenant> tenant,
        ClaimedLog log,
        Func<ClaimedLog?, bool> may,
        CancellationToken cancellationToken
    ) =>
        databases.RunAsync(
            tenant,
            write: true,
            async session =>
            {
                var there = await LogTable.FindAsync(session, log.Log);
                if (!may(there))
                {
                    return there;
                }

                if (there != log)
                {
                    await LogTable.SetAsync(session, log);
                }

                return null;
            },
            cancellationToken
        );

    /// <summary>Says of the logs of an address, but for those that are there, that they were lost.</summary>
    /// <param name="forget">Those that nobody has told of since then are forgotten: they are past their retention.</param>
    /// <returns>All of the address that are lost, those from before too.</returns>
    public Task<IReadOnlyList<ClaimedLog>> LoseAsync(
        Id<Tenant> tenant,
        string address,
        IReadOnlySet<string> there,
        DateTimeOffset now,
        DateTimeOffset forget,
        CancellationToken cancellationToken
    ) =>
        databases.RunAsync<IReadOnlyList<ClaimedLog>>(
            tenant,
            write: true,
            async session =>
            {
                var lost = new List<ClaimedLog>();
                foreach (var log in (await LogTable.ListAsync(session)).Where(log => log.Address == address && !there.Contains(log.Log)))
                {
                    if (log.Seen < forget)
                    {
                        await LogTable.RemoveAsync(session, log.Log);
                        continue;
                    }

                    lost.Add(log with { Lost = log.Lost ?? now });
                    if (log.Lost is null)
                    {
                        await LogTable.SetAsync(session, lost[^1]);
                    }
                }

                return lost;
            },
            cancellationToken
        );
}
