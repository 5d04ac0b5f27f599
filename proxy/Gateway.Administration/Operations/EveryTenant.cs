using Gateway.Administration.Calls;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Stores;
using Gateway.Evidence.Log;
using Gateway.Policy.Model;

namespace Gateway.Administration.Operations;

/// <summary>
/// What stops everything: a row in each tenant's tables, with each tenant's own record. One of them stops all, so that it counts from the
/// first one; it goes on once the last one is lifted.
/// </summary>
internal static class EveryTenant
{
    /// <summary>
    /// In the caller's tenant first, where it counts for all from then on. Another's row isn't needed: where its journal or its tables
    /// can't be written it is left out.
    /// </summary>
    /// <returns>The one that holds in the caller's tenant, be it an earlier one.</returns>
    public static async Task<Kill> StopAsync(OperatorCall call, Kill kill, string reason)
    {
        var kills = KillsOf(call, reason);
        var held = await kills.SetAsync(call.Tenant, kill, call.Cancelled);
        await call.Services.FollowAsync(call.Tenant, call.Cancelled);
        foreach (var tenant in (await kills.TenantsAsync(call.Cancelled)).Where(one => one != call.Tenant))
        {
            try
            {
                await AnnounceAsync(call, tenant, GovernedChange.KillSet, held.Id, reason);
                await kills.SetAsync(tenant, held, call.Cancelled);
                await FinishAsync(call, tenant);
            }
            catch (Exception e) when (e is JournalUnavailableException or DurableStoreException)
            {
                // Stopped it is all the same.
            }
        }

        return held;
    }

    /// <summary>All or none: each is announced before the first one is lifted.</summary>
    /// <exception cref="JournalUnavailableException">Of one of them it can't be put on record.</exception>
    public static async Task LiftAsync(OperatorCall call, string id, string reason)
    {
        var kills = KillsOf(call, reason);
        var stopped = new List<Id<Tenant>>();
        foreach (var tenant in await kills.TenantsAsync(call.Cancelled))
        {
            if ((await kills.ListAsync(tenant, call.Cancelled)).Any(one => one.Id == id))
            {
                await AnnounceAsync(call, tenant, GovernedChange.KillLifted, id, reason);
                stopped.Add(tenant);
            }
        }

        // The caller's own last: as long as one is left it can be found there, and the rest be lifted by trying again.
        foreach (var tenant in stopped.OrderBy(one => one == call.Tenant))
        {
            await kills.LiftAsync(tenant, id, call.Now, CancellationToken.None);
            await FinishAsync(call, tenant);
        }
    }

    /// <summary>In another tenant's records it says of which tenant who did it is.</summary>
    private static KillStore KillsOf(OperatorCall call, string reason) => new(call.Services.Store.Databases, OriginOf(call, reason));

    private static ChangeOrigin OriginOf(OperatorCall call, string reason)
    {
        var origin = call.Origin(reason);
        return origin with { From = $"{origin.From}, of {call.Tenant}" };
    }

    private static Task AnnounceAsync(OperatorCall call, Id<Tenant> tenant, GovernedChange kind, string id, string reason) =>
        call.Services.AnnounceAsync(
            tenant,
            GovernedChange.OperationAsked,
            $"{Vocabulary.Change.Text(kind)} {id}",
            OriginOf(call, reason),
            call.Cancelled
        );

    private static async Task FinishAsync(OperatorCall call, Id<Tenant> tenant)
    {
        await call.Services.FollowAsync(tenant, CancellationToken.None);
        await call.Services.RecordAsync(tenant, CancellationToken.None); // It was done, whoever waits for it.
    }
}
