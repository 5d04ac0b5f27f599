using System.Globalization;
using Dapper;
using Gateway.Connectors.Changes;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;
using Microsoft.Data.Sqlite;

namespace Gateway.Connectors.Stores;

/// <summary>The table of credentials in one tenant's file. Each call is a part of the caller's transaction.</summary>
internal static class CredentialTable
{
    private const string Columns =
        "id AS Id, workspace AS Workspace, agent AS Agent, kind AS Kind, key_version AS KeyVersion, material AS Material, "
        + "created_at AS CreatedAt, expires_at AS ExpiresAt, revoked_at AS RevokedAt";

    public static CredentialRecord? Find(SqliteConnection connection, Id<Tenant> tenant, string id) =>
        connection.QuerySingleOrDefault<CredentialRow>($"SELECT {Columns} FROM credentials WHERE id = @id", new { id })?.ToRecord(tenant);

    public static IReadOnlyList<CredentialRecord> List(SqliteConnection connection, Id<Tenant> tenant) =>
        [.. connection.Query<CredentialRow>($"SELECT {Columns} FROM credentials ORDER BY created_at, id").Select(r => r.ToRecord(tenant))];

    public static bool Add(SqliteConnection connection, CredentialRecord credential, ChangeOrigin origin)
    {
        connection.Execute(
            "INSERT INTO credentials "
                + "VALUES (@Id, @Workspace, @Agent, @Kind, @KeyVersion, @Material, @CreatedAt, @ExpiresAt, @RevokedAt)",
            CredentialRow.From(credential)
        );
        return ChangeTable.Append(
            connection,
            NoteText.New(GovernedChange.CredentialAdded, credential.Id, origin, credential.CreatedAt) with
            {
                After = Parts(credential),
            }
        );
    }

    /// <summary>False where there is none such, or it is revoked already.</summary>
    public static bool Revoke(SqliteConnection connection, Id<Tenant> tenant, string id, ChangeOrigin origin, DateTimeOffset at) =>
        connection.Execute(
            "UPDATE credentials SET revoked_at = @at WHERE id = @id AND revoked_at IS NULL",
            new { id, at = SqliteInstant.Format(at) }
        ) == 1
        && Note(connection, tenant, GovernedChange.CredentialRevoked, id, origin, at);

    /// <summary>False where the old one isn't of the same agent and kind, or holds no more.</summary>
    public static bool Replace(
        SqliteConnection connection,
        CredentialRecord next,
        string previous,
        ChangeOrigin origin,
        DateTimeOffset until
    )
    {
        var names = new
        {
            previous,
            agent = next.Agent.ToString(),
            kind = (long)next.Kind,
            now = SqliteInstant.Format(next.CreatedAt),
            until = SqliteInstant.Format(until),
        };
        return connection.Execute(
                "UPDATE credentials SET expires_at = MIN(COALESCE(expires_at, @until), @until) WHERE id = @previous AND agent = @agent "
                    + "AND kind = @kind AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > @now)",
                names
            ) == 1
            && Note(connection, next.Tenant, GovernedChange.CredentialReplaced, previous, origin, next.CreatedAt)
            && Add(connection, next, origin);
    }

    /// <summary>False where there is none such with the material that is to be replaced.</summary>
    public static bool ReplaceMaterial(
        SqliteConnection connection,
        Id<Tenant> tenant,
        string id,
        string from,
        string to,
        ChangeOrigin origin,
        DateTimeOffset at
    )
    {
        var names = new
        {
            id,
            from,
            to,
        };
        return connection.Execute("UPDATE credentials SET material = @to WHERE id = @id AND material = @from", names) == 1
            && Note(connection, tenant, GovernedChange.CredentialResealed, id, origin, at);
    }

    /// <summary>What has become of a credential, as it lies there now.</summary>
    private static bool Note(
        SqliteConnection connection,
        Id<Tenant> tenant,
        GovernedChange kind,
        string id,
        ChangeOrigin origin,
        DateTimeOffset at
    ) => ChangeTable.Append(connection, NoteText.New(kind, id, origin, at) with { After = Parts(Find(connection, tenant, id)!) });

    /// <summary>Without its material: a hash of a secret is nobody's business who reads the journal.</summary>
    private static SortedDictionary<string, string> Parts(CredentialRecord credential)
    {
        var parts = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["agent"] = credential.Agent.ToString(),
            ["key_version"] = credential.KeyVersion.ToString(CultureInfo.InvariantCulture),
            ["kind"] = credential.Kind.ToString(),
            ["workspace"] = credential.Workspace.ToString(),
        };
        if (credential.ExpiresAt is { } expires)
        {
            parts["expires_at"] = SqliteInstant.Format(expires);
        }

        if (credential.RevokedAt is { } revoked)
        {
            parts["revoked_at"] = SqliteInstant.Format(revoked);
        }

        return parts;
    }
}
