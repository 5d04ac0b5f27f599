using Dapper;
using Microsoft.Data.Sqlite;

namespace Gateway.Connectors.Stores;

/// <summary>The tables of one tenant's file, and the steps that lead to them. Steps are only ever added at the end.</summary>
internal static class SqliteSchema
{
    private const string First = """
        CREATE TABLE credentials (
            id TEXT PRIMARY KEY NOT NULL,
            workspace TEXT NOT NULL,
            agent TEXT NOT NULL,
            kind INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 3),
            key_version INTEGER NOT NULL CHECK (key_version >= 1),
            material TEXT NOT NULL CHECK (length(material) > 0),
            created_at TEXT NOT NULL,
            expires_at TEXT,
            revoked_at TEXT) WITHOUT ROWID;
        CREATE TABLE lifecycle (
            agent TEXT PRIMARY KEY NOT NULL,
            status INTEGER NOT NULL CHECK (status BETWEEN 1 AND 4),
            at TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE changes (
            sequence INTEGER PRIMARY KEY NOT NULL CHECK (sequence >= 1),
            kind INTEGER NOT NULL CHECK (kind >= 1),
            subject TEXT NOT NULL,
            reason TEXT NOT NULL,
            at TEXT NOT NULL);
        CREATE TRIGGER changes_stay BEFORE UPDATE ON changes BEGIN SELECT RAISE(ABORT, 'a change is final'); END;
        CREATE TRIGGER changes_last BEFORE DELETE ON changes BEGIN SELECT RAISE(ABORT, 'a change is final'); END;
        """;

    private const string Levels = """
        CREATE TABLE levels (
            agent TEXT PRIMARY KEY NOT NULL,
            level INTEGER NOT NULL CHECK (level BETWEEN 1 AND 4),
            at TEXT NOT NULL) WITHOUT ROWID;
        """;

    private static readonly string[] Steps = [First, Levels];

    /// <summary>Brings the file to the newest version, all steps or none. Two processes that do so at once take turns.</summary>
    /// <exception cref="SqliteFileException">The file is another tenant's, or from a newer Gateway.</exception>
    public static void Upgrade(SqliteConnection connection, string tenant)
    {
        using var transaction = connection.BeginTransaction();
        connection.Execute(
            "CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL, tenant TEXT NOT NULL)",
            transaction: transaction
        );
        var found = Find(connection);
        Check(found, tenant);
        for (var version = found?.Version ?? 0; version < Steps.Length; version++)
        {
            connection.Execute(Steps[version], transaction: transaction);
        }

        connection.Execute("DELETE FROM schema_version", transaction: transaction);
        connection.Execute("INSERT INTO schema_version VALUES (@version, @tenant)", new { version = Steps.Length, tenant }, transaction);
        transaction.Commit();
    }

    /// <summary>That the file is this tenant's and of the version that this program knows.</summary>
    /// <exception cref="SqliteFileException">It isn't.</exception>
    public static void Check(SqliteConnection connection, string tenant)
    {
        var found = Find(connection);
        Check(found, tenant);
        if (found?.Version != Steps.Length)
        {
            throw new SqliteFileException(
                $"has version {found?.Version ?? 0} of the schema, and this Gateway needs {Steps.Length}: let it prepare the store"
            );
        }
    }

    private static void Check(SchemaRow? found, string tenant)
    {
        if (found is not null && found.Tenant != tenant)
        {
            throw new SqliteFileException("is another tenant's: it was renamed or copied, put the tenant's own file back");
        }

        if (found?.Version > Steps.Length)
        {
            throw new SqliteFileException(
                $"has version {found.Version} of the schema, and this Gateway knows {Steps.Length}: run the newer one"
            );
        }
    }

    private static SchemaRow? Find(SqliteConnection connection) =>
        connection.QuerySingleOrDefault<SchemaRow>("SELECT version, tenant FROM schema_version");

    private sealed class SchemaRow
    {
        public long Version { get; init; }
        public string Tenant { get; init; } = "";
    }
}

/// <summary>Why a file isn't used although it could be opened. The message continues "The store file …".</summary>
internal sealed class SqliteFileException(string message) : Exception(message);
