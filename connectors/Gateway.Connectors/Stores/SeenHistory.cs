using System.Collections.Concurrent;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Stores;

/// <summary>
/// The newest change of each tenant's store that this process knows of. A store that doesn't have it was put back from a copy: in it
/// approvals that were used can be used again, and revoked keys are good. Until it was held against the journal nothing is read of it and
/// nothing is written. Thread-safe.
/// </summary>
public sealed class SeenHistory
{
    private readonly ConcurrentDictionary<Id<Tenant>, ChangeMark> _seen = new();
    private readonly ConcurrentDictionary<Id<Tenant>, ChangeMark> _missed = new();

    /// <summary>
    /// Is told the newest change before whoever made or followed one goes on: to keep it where a later run of this program finds it. What
    /// it throws, they get.
    /// </summary>
    public Action<Id<Tenant>, ChangeMark> Keep { get; set; } = static (_, _) => { };

    /// <summary>Null for a tenant of whose changes none was seen.</summary>
    public ChangeMark? NewestOf(Id<Tenant> tenant) => _seen.GetValueOrDefault(tenant);

    /// <summary>Whether the store was found without a change that was seen, and wasn't held against the journal since.</summary>
    public bool IsPutBack(Id<Tenant> tenant) => _missed.TryGetValue(tenant, out var missed) && missed == NewestOf(tenant);

    /// <summary>Takes in that there is, or was, a change. Only a newer one than the newest says anything.</summary>
    public void See(Id<Tenant> tenant, ChangeMark mark)
    {
        // Also where another is newer: whoever goes on must know that one to be kept, and it may still be on its way.
        Keep(tenant, _seen.AddOrUpdate(tenant, mark, (_, newest) => mark.Sequence > newest.Sequence ? mark : newest));
    }

    /// <exception cref="StoreSchemaException">The store hasn't what was seen.</exception>
    internal void Demand(Id<Tenant> tenant, ChangeMark? seen, bool isThere)
    {
        if (seen is null || isThere)
        {
            return;
        }

        _missed[tenant] = seen;
        throw new StoreSchemaException(
            $"lacks change {seen.Sequence}, which was there: it was put back from a copy, and what was used or revoked since would be good "
                + "again. A running instance holds it against its journal by itself; 'gateway store reconcile' does so where none runs"
        );
    }
}
