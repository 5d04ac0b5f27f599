using System.Security.Cryptography;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Stores;

/// <summary>
/// What is stopped, in the durable store beside keys and standing. Every change is one transaction with its note for the journal; replicas
/// follow it like a revocation. Thread-safe. Methods throw <see cref="DurableStoreException"/> when the store can't be reached.
/// </summary>
/// <remarks>
/// Everything is stopped by a row in each tenant's tables, under one id. Any one of them stops all tenants that a process has, so that a
/// kill that was cut short in the middle stops everything, one that was lifted in part still does, and a tenant that is made ready later is
/// stopped with the others. It gets a row of its own then: a process may have no other tenant.
/// </remarks>
/// <param name="origin">In whose changes it stands who makes them.</param>
public sealed class KillStore(TenantDatabases databases, ChangeOrigin origin)
{
    private const int IdLetters = 26;

    /// <summary>A kill that isn't set yet.</summary>
    /// <param name="target">As <see cref="Kill.Target"/> has it.</param>
    public Kill New(KillScope scope, string target, bool graceful, DateTimeOffset now) =>
        new()
        {
            Id = "kill_" + RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz234567", IdLetters),
            Scope = scope,
            Target = target,
            IsGraceful = graceful,
            By = origin.By,
            Reason = origin.Reason,
            At = now,
        };

    /// <summary>
    /// Stops something of a tenant. Equal kills are one, and at once is more than gracefully: the one that is there becomes so, and never
    /// the other way round.
    /// </summary>
    /// <returns>The one that holds, be it an earlier one.</returns>
    public Task<Kill> SetAsync(Id<Tenant> tenant, Kill kill, CancellationToken cancellationToken) =>
        WriteAsync(tenant, session => KillTable.SetAsync(session, kill, origin), cancellationToken);

    /// <summary>Lets what was stopped go on. Null, with nothing written, where the tenant has no such kill.</summary>
    /// <remarks>One of everything is lifted once it is lifted in each tenant.</remarks>
    public Task<Kill?> LiftAsync(Id<Tenant> tenant, string id, DateTimeOffset now, CancellationToken cancellationToken) =>
        WriteAsync(
            tenant,
            async session =>
            {
                if (await KillTable.FindAsync(session, id) is not { } found)
                {
                    return null;
                }

                await KillTable.RemoveAsync(session, id);
                await KillTable.NoteAsync(session, found, after: null, origin, now);
                return found;
            },
            cancellationToken
        );

    /// <summary>Those that hold, the oldest first.</summary>
    public Task<IReadOnlyList<Kill>> ListAsync(Id<Tenant> tenant, CancellationToken cancellationToken) =>
        databases.RunAsync(tenant, write: false, KillTable.ListAsync, cancellationToken);

    /// <summary>The tenants in whose tables everything is stopped by one row each.</summary>
    public Task<IReadOnlyList<Id<Tenant>>> TenantsAsync(CancellationToken cancellationToken) => databases.TenantsAsync(cancellationToken);

    /// <summary>What stops everything, in whichever tenant that the store knows it stands; null for nothing.</summary>
    public async Task<Kill?> FindEverythingAsync(CancellationToken cancellationToken)
    {
        Kill? found = null;
        foreach (var tenant in await databases.TenantsAsync(cancellationToken))
        {
            var everything = KillSet.Of(await ListAsync(tenant, cancellationToken)).Everything;
            found = found is { IsGraceful: false } ? found : everything ?? found;
        }

        return found;
    }

    private Task<T> WriteAsync<T>(Id<Tenant> tenant, Func<TenantSession, Task<T>> workAsync, CancellationToken cancellationToken) =>
        databases.RunAsync(tenant, write: true, workAsync, cancellationToken);
}
