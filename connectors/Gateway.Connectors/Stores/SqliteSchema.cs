using Dapper;
using Microsoft.Data.Sqlite;

namespace Gateway.Connectors.Stores;

/// <summary>Brings one tenant's file to the schema that this program knows, and checks that it is the tenant's.</summary>
internal static class SqliteSchema
{
    /// <summary>Brings the file to the newest version, all steps or none. Two processes that do so at once take turns.</summary>
    /// <exception cref="SqliteFileException">The file is another tenant's, or from a newer Gateway.</exception>
    public static void Upgrade(SqliteConnection connection, string tenant)
    {
        using var transaction = connection.BeginTransaction();
        connection.Execute(
            "CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL, tenant TEXT NOT NULL)",
            transaction: transaction
        );
        var found = SchemaVersion.Find(connection);
        SchemaVersion.Check(found, tenant);
        for (var version = found?.Version ?? 0; version < SqliteSteps.All.Count; version++)
        {
            connection.Execute(SqliteSteps.All[(int)version], transaction: transaction);
        }

        connection.Execute("DELETE FROM schema_version", transaction: transaction);
        connection.Execute(
            "INSERT INTO schema_version VALUES (@version, @tenant)",
            new { version = SqliteSteps.All.Count, tenant },
            transaction
        );
        transaction.Commit();
    }

    /// <summary>That the file is this tenant's and of the version that this program knows.</summary>
    /// <exception cref="SqliteFileException">It isn't.</exception>
    public static void Check(SqliteConnection connection, string tenant)
    {
        var found = SchemaVersion.Find(connection);
        SchemaVersion.Check(found, tenant);
        if (found?.Version != SqliteSteps.All.Count)
        {
            throw new SqliteFileException(
                $"has version {found?.Version ?? 0} of the schema, and this Gateway needs {SqliteSteps.All.Count}: let it prepare the store"
            );
        }
    }
}

/// <summary>Why a file isn't used although it could be opened. The message continues "The store file …".</summary>
internal sealed class SqliteFileException(string message) : Exception(message);
