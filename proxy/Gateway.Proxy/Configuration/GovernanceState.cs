using System.Collections.Immutable;
using Gateway.Policy.Compilation;
using Gateway.Policy.Model;

namespace Gateway.Proxy.Configuration;

/// <summary>
/// The snapshot in force, and how each tenant's documents stand. Swapped as a whole; a tenant's part only for one that compiled without an
/// error, and nobody else's with it. A request reads it once. Thread-safe.
/// </summary>
public sealed class GovernanceState
{
    private readonly TimeProvider _time;
    private readonly Lock _changing = new();
    private volatile Snapshot _current = null!;
    private volatile ImmutableSortedDictionary<string, TenantGovernance> _tenants;
    private volatile IReadOnlyList<GovernanceError> _unassigned = [];
    private long _since;
    private long _revisions = 1;
    private long _failedReloads;

    public GovernanceState(FirstGovernance first, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(time);
        _time = time;
        var refused = first.Refused.Select(one => new TenantGovernance(one.Tenant, null, one.Errors));
        _tenants = first
            .Tenants.Select(one => new TenantGovernance(one.Tenant, one.Governance, []))
            .Concat(refused)
            .ToImmutableSortedDictionary(one => one.Tenant.ToString(), one => one, StringComparer.Ordinal);
        _unassigned = first.Unassigned;
        _since = time.GetTimestamp();
        Swap();
    }

    /// <summary>Never null: without a tenant the process doesn't start.</summary>
    public Snapshot Current => _current;

    /// <summary>In the order of their names; those too whose documents were never any good.</summary>
    public IEnumerable<TenantGovernance> Tenants => _tenants.Values;

    /// <summary>What is wrong with the documents on disk, and nobody can tell whose it is.</summary>
    public IReadOnlyList<GovernanceError> Unassigned => _unassigned;

    /// <summary>What is wrong with the documents on disk now, whosever they are; empty when they are the ones in force.</summary>
    public IReadOnlyList<GovernanceError> Rejected => [.. _unassigned, .. _tenants.Values.SelectMany(tenant => tenant.Errors)];

    /// <summary>How long the snapshot in force has been so.</summary>
    public TimeSpan Age => _time.GetElapsedTime(Volatile.Read(ref _since));

    /// <value>Revisions that came into force, the first one too.</value>
    public long Revisions => Volatile.Read(ref _revisions);

    /// <value>Times that documents on the disk could not come into force and nobody could tell whose they were.</value>
    public long FailedReloads => Volatile.Read(ref _failedReloads);

    /// <summary>What is in force of each tenant.</summary>
    internal IReadOnlyDictionary<Id<Tenant>, CompiledGovernance> InForce =>
        _tenants.Values.Where(one => one.InForce is not null).ToDictionary(one => one.Tenant, one => one.InForce!);

    /// <summary>Null where there are no documents of such a tenant.</summary>
    public TenantGovernance? Find(Id<Tenant> tenant) => _tenants.GetValueOrDefault(tenant.ToString());

    /// <summary>True when it says something else than what was in force of the tenant.</summary>
    internal bool Accept(CompiledTenant compiled)
    {
        lock (_changing)
        {
            var before = Find(compiled.Tenant);
            var changed = !compiled.Governance.SaysTheSame(before?.InForce);
            var after = (before ?? new TenantGovernance(compiled.Tenant, null, [])) with { InForce = compiled.Governance, Errors = [] };
            _tenants = _tenants.SetItem(compiled.Tenant.ToString(), after);
            Swap();
            if (changed)
            {
                _revisions++;
                Volatile.Write(ref _since, _time.GetTimestamp());
            }

            return changed;
        }
    }

    /// <summary>What was in force of the tenant stays; where nothing was, it is refused.</summary>
    internal void Reject(Id<Tenant> tenant, IReadOnlyList<GovernanceError> errors)
    {
        lock (_changing)
        {
            var before = Find(tenant);
            var failed = (before?.FailedReloads ?? 0) + (before is null || before.Errors.Count == 0 ? 1 : 0);
            _tenants = _tenants.SetItem(
                tenant.ToString(),
                new TenantGovernance(tenant, before?.InForce, errors) { FailedReloads = failed } // Once for a change.
            );
            if (before is null)
            {
                Swap();
            }
        }
    }

    /// <summary>There are no documents of the tenant any more.</summary>
    internal void Remove(Id<Tenant> tenant)
    {
        lock (_changing)
        {
            _tenants = _tenants.Remove(tenant.ToString());
            Swap();
            _revisions++;
        }
    }

    /// <summary>What is wrong with the folder, or with files of which nobody can tell whose they are; empty for nothing.</summary>
    internal void Note(IReadOnlyList<GovernanceError> unassigned)
    {
        if (_unassigned.Count == 0 && unassigned.Count > 0)
        {
            Interlocked.Increment(ref _failedReloads);
        }

        _unassigned = unassigned;
    }

    private void Swap()
    {
        _current = Snapshot.Join(
            [.. _tenants.Values.Select(one => one.InForce?.Snapshot).OfType<Snapshot>()],
            _tenants.Values.Where(one => one.InForce is null).Select(one => one.Tenant)
        );
    }
}

/// <summary>How a tenant's documents stand.</summary>
/// <param name="InForce">Null where none ever were good: everything of the tenant's is refused.</param>
/// <param name="Errors">What is wrong with those on the disk; empty where they are the ones in force.</param>
public sealed record TenantGovernance(Id<Tenant> Tenant, CompiledGovernance? InForce, IReadOnlyList<GovernanceError> Errors)
{
    /// <value>Times that its documents could not come into force.</value>
    public long FailedReloads { get; init; }
}
