using Dapper;
using Microsoft.Data.Sqlite;

namespace Gateway.Connectors.Stores;

/// <summary>What a store file says of itself: its version of the schema, and whose it is.</summary>
internal sealed class SchemaVersion
{
    public long Version { get; init; }
    public string Tenant { get; init; } = "";

    /// <summary>Null where the file says nothing yet.</summary>
    public static SchemaVersion? Find(SqliteConnection connection) =>
        connection.QuerySingleOrDefault<SchemaVersion>("SELECT version, tenant FROM schema_version");

    /// <exception cref="SqliteFileException">The file is another tenant's, or from a newer Gateway.</exception>
    public static void Check(SchemaVersion? found, string tenant)
    {
        if (found is not null && found.Tenant != tenant)
        {
            throw new SqliteFileException("is another tenant's: it was renamed or copied, put the tenant's own file back");
        }

        if (found?.Version > SqliteSteps.All.Count)
        {
            throw new SqliteFileException(
                $"has version {found.Version} of the schema, and this Gateway knows {SqliteSteps.All.Count}: run the newer one"
            );
        }
    }
}
