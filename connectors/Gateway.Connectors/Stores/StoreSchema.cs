using Gateway.Policy.Model;

namespace Gateway.Connectors.Stores;

/// <summary>Brings one tenant's tables to the version that this program knows, and checks that they are the tenant's.</summary>
internal static class StoreSchema
{
    /// <summary>What a store says of itself, in one row.</summary>
    public const string Query = "SELECT * FROM schema_version";

    /// <summary>Does the steps that aren't done, in the caller's transaction. A newer version is left as it is.</summary>
    /// <exception cref="StoreSchemaException">It is another tenant's, or too new for this program.</exception>
    public static async Task UpgradeAsync(TenantSession session, Func<StoreStep, string> dialect)
    {
        await session.ExecuteAsync("CREATE TABLE IF NOT EXISTS schema_version (version BIGINT NOT NULL, tenant TEXT NOT NULL)");
        var found = await session.FindAsync<SchemaVersion>(Query);
        CheckOwner(found, session.Tenant);
        var done = found?.Version ?? 0;
        if (done >= StoreSteps.All.Count)
        {
            return;
        }

        for (var version = done; version < StoreSteps.All.Count; version++)
        {
            await session.ExecuteAsync(dialect(StoreSteps.All[(int)version]));
        }

        await session.ExecuteAsync(
            found is null
                ? "INSERT INTO schema_version (version, tenant, oldest) VALUES (@version, @tenant, @oldest)"
                : "UPDATE schema_version SET version = @version, oldest = @oldest WHERE tenant = @tenant",
            new
            {
                version = (long)StoreSteps.All.Count,
                tenant = session.Tenant.ToString(),
                oldest = (long)StoreSteps.Oldest,
            }
        );
    }

    /// <summary>That a store is this tenant's and has all that this program knows.</summary>
    /// <exception cref="StoreSchemaException">It isn't, or hasn't, or is too new.</exception>
    public static void Check(SchemaVersion? found, Id<Tenant> tenant)
    {
        CheckOwner(found, tenant);
        if (!IsReady(found))
        {
            throw new StoreSchemaException(
                $"has version {found?.Version ?? 0} of the schema, and this Gateway needs {StoreSteps.All.Count}: let it prepare the store"
            );
        }
    }

    /// <summary>Whether there is nothing to do.</summary>
    public static bool IsReady(SchemaVersion? found) => found?.Version >= StoreSteps.All.Count;

    private static void CheckOwner(SchemaVersion? found, Id<Tenant> tenant)
    {
        if (found is not null && found.Tenant != tenant.ToString())
        {
            throw new StoreSchemaException("is another tenant's: it was renamed or copied, put the tenant's own back");
        }

        // One from before there was an oldest version is as old as this program, or older.
        if (found?.Oldest > StoreSteps.All.Count || (found?.Version > StoreSteps.All.Count && found.Oldest == 0))
        {
            throw new StoreSchemaException(
                $"has version {found.Version} of the schema, which version {found.Oldest} and later may use, and this Gateway knows "
                    + $"{StoreSteps.All.Count}: run the newer one"
            );
        }
    }
}

/// <summary>What a store says of one tenant's tables: their version, the oldest that may use them, and whose they are.</summary>
internal sealed class SchemaVersion
{
    public long Version { get; init; }
    public string Tenant { get; init; } = "";

    /// <value>0 where it isn't said.</value>
    public long Oldest { get; init; }

    /// <value>Whether it is read from a copy that follows another server.</value>
    public bool IsStandby { get; init; }

    /// <value>Whether the store has the newest change that was seen of it; asked of PostgreSQL on the way.</value>
    public bool HasSeen { get; init; }
}

/// <summary>Why a store isn't used although it could be opened. The message continues "The store …".</summary>
internal sealed class StoreSchemaException(string message) : Exception(message);
