using Gateway.Policy.Model;

namespace Gateway.Proxy.Configuration;

/// <summary>
/// Makes everything that a tenant needs ready (its store, its shared state, its journal) before a snapshot that names it comes into force.
/// Throws when something can't be made ready; the snapshot isn't taken then.
/// </summary>
public delegate Task TenantPreparation(IReadOnlyList<Id<Tenant>> tenants, CancellationToken cancellationToken);
