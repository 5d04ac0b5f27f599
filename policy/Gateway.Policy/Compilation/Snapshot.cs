using System.Collections.Frozen;
using Gateway.Policy.Model;

namespace Gateway.Policy.Compilation;

/// <summary>
/// The compiled governance that one request is judged by, start to end. Immutable; made by the compiler and replaced as a whole.
/// Everything is looked up under its tenant, so that another tenant's things can't be found.
/// </summary>
public sealed class Snapshot
{
    private readonly FrozenDictionary<Id<Tenant>, TenantSnapshot> _tenants;

    public Snapshot(Sha256Digest revision, IEnumerable<TenantSnapshot> tenants, Snapshot? shadow = null)
    {
        Revision = revision;
        Shadow = shadow;
        _tenants = tenants.ToFrozenDictionary(t => t.Tenant.Id);
        Tenants = [.. _tenants.Keys.OrderBy(id => id.ToString(), StringComparer.Ordinal)];
    }

    /// <summary>
    /// The governance as it would be if the shadow documents were real; null where there are none. Nothing is ever allowed or refused by
    /// it, and it has no part in the revision.
    /// </summary>
    public Snapshot? Shadow { get; }

    /// <summary>Digest of the canonical documents: equal governance has equal revisions, however it is laid out in files.</summary>
    public Sha256Digest Revision { get; }

    /// <summary>In the order of their names.</summary>
    public IReadOnlyList<Id<Tenant>> Tenants { get; }

    /// <summary>By tenant, kind and name.</summary>
    public IReadOnlyList<GovernedDocument> Documents { get; internal init; } = [];

    internal Snapshot With(Snapshot shadow) => new(Revision, _tenants.Values, shadow) { Documents = Documents };

    /// <summary>Null when there is no such tenant.</summary>
    public TenantSnapshot? Find(Id<Tenant> tenant) => _tenants.GetValueOrDefault(tenant);
}
