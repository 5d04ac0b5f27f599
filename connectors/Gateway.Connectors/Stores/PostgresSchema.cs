using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Stores;

/// <summary>The schema that holds one tenant's tables: <c>gw_{tenant}</c>.</summary>
internal readonly record struct PostgresSchema
{
    public const string Prefix = "gw_";

    /// <value>PostgreSQL cuts what is longer, and two tenants could then be one.</value>
    private const int Longest = 63;

    /// <exception cref="DurableStoreException">There can't be one for the tenant.</exception>
    public PostgresSchema(Id<Tenant> tenant)
    {
        if (tenant.IsEmpty)
        {
            throw new DurableStoreException("The store was asked for no tenant.");
        }

        if (Prefix.Length + tenant.ToString().Length > Longest)
        {
            throw new DurableStoreException(
                $"Tenant '{tenant}' can't be kept in PostgreSQL: its name has more than {Longest - Prefix.Length} characters."
            );
        }

        Tenant = tenant;
    }

    public Id<Tenant> Tenant { get; }

    public string Name => Prefix + Tenant;

    /// <value>As SQL reads it: no tenant's name has a quote. Of no tenant it is a schema that is never there.</value>
    public string Quoted => $"\"{Name}\"";
}
