using System.Globalization;
using Gateway.Connectors.Changes;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Stores;

/// <summary>The table of one tenant's credentials. Each call is a part of the caller's transaction.</summary>
internal static class CredentialTable
{
    private const string Columns =
        "id AS Id, workspace AS Workspace, agent AS Agent, agent_uid AS AgentUid, name AS Name, kind AS Kind, key_version AS KeyVersion, "
        + "material AS Material, created_at AS CreatedAt, expires_at AS ExpiresAt, revoked_at AS RevokedAt";

    public static async Task<CredentialRecord?> FindAsync(TenantSession session, string id) =>
        (await session.FindAsync<CredentialRow>($"SELECT {Columns} FROM credentials WHERE id = @id", new { id }))?.ToRecord(session.Tenant);

    public static async Task<IReadOnlyList<CredentialRecord>> ListAsync(TenantSession session) =>
        [
            .. (await session.QueryAsync<CredentialRow>($"SELECT {Columns} FROM credentials ORDER BY created_at, id")).Select(row =>
                row.ToRecord(session.Tenant)
            ),
        ];

    /// <summary>False where the name is taken. Those who write take turns, so that two can't take one name at once.</summary>
    public static async Task<bool> AddAsync(TenantSession session, CredentialRecord credential, ChangeOrigin origin)
    {
        var row = CredentialRow.From(credential);
        return (
                row.Name is null
                || await session.FindAsync<long>(
                    "SELECT COUNT(*) FROM credentials WHERE agent = @Agent AND name = @Name AND revoked_at IS NULL "
                        + "AND (expires_at IS NULL OR expires_at > @CreatedAt)",
                    row
                ) == 0
            ) && await InsertAsync(session, credential, origin);
    }

    private static async Task<bool> InsertAsync(TenantSession session, CredentialRecord credential, ChangeOrigin origin)
    {
        await session.ExecuteAsync(
            "INSERT INTO credentials "
                + "(id, workspace, agent, agent_uid, name, kind, key_version, material, created_at, expires_at, revoked_at) VALUES "
                + "(@Id, @Workspace, @Agent, @AgentUid, @Name, @Kind, @KeyVersion, @Material, @CreatedAt, @ExpiresAt, @RevokedAt)",
            CredentialRow.From(credential)
        );
        return await ChangeTable.AppendAsync(
            session,
            NoteText.New(GovernedChange.CredentialAdded, credential.Id, origin, credential.CreatedAt) with
            {
                After = Parts(credential),
            }
        );
    }

    /// <summary>False where there is none such, or it is revoked already.</summary>
    public static async Task<bool> RevokeAsync(TenantSession session, string id, ChangeOrigin origin, DateTimeOffset at) =>
        await session.ExecuteAsync(
            "UPDATE credentials SET revoked_at = @at WHERE id = @id AND revoked_at IS NULL",
            new { id, at = StoreInstant.Format(at) }
        ) == 1
        && await NoteAsync(session, GovernedChange.CredentialRevoked, id, origin, at);

    /// <summary>False where the old one isn't of the same agent, kind and name, or holds no more.</summary>
    public static async Task<bool> ReplaceAsync(
        TenantSession session,
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
            uid = next.AgentUid ?? "",
            name = next.Name ?? "",
            kind = (long)next.Kind,
            now = StoreInstant.Format(next.CreatedAt),
            until = StoreInstant.Format(until),
        };
        return await session.ExecuteAsync(
                "UPDATE credentials SET expires_at = CASE WHEN expires_at < @until THEN expires_at ELSE @until END "
                    + "WHERE id = @previous AND agent = @agent AND COALESCE(agent_uid, '') = @uid AND COALESCE(name, '') = @name "
                    + "AND kind = @kind AND revoked_at IS NULL "
                    + "AND (expires_at IS NULL OR expires_at > @now)",
                names
            ) == 1
            && await NoteAsync(session, GovernedChange.CredentialReplaced, previous, origin, next.CreatedAt)
            && await InsertAsync(session, next, origin);
    }

    /// <summary>Ends it by then, where it would last longer. False where there is none such that does.</summary>
    public static async Task<bool> ShortenAsync(
        TenantSession session,
        string id,
        DateTimeOffset until,
        ChangeOrigin origin,
        DateTimeOffset at
    ) =>
        await session.ExecuteAsync(
            "UPDATE credentials SET expires_at = @until WHERE id = @id AND revoked_at IS NULL "
                + "AND (expires_at IS NULL OR expires_at > @until)",
            new { id, until = StoreInstant.Format(until) }
        ) == 1
        && await NoteAsync(session, GovernedChange.CredentialReplaced, id, origin, at);

    /// <summary>False where there is none such with the material that is to be replaced.</summary>
    public static async Task<bool> ReplaceMaterialAsync(
        TenantSession session,
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
        return await session.ExecuteAsync("UPDATE credentials SET material = @to WHERE id = @id AND material = @from", names) == 1
            && await NoteAsync(session, GovernedChange.CredentialResealed, id, origin, at);
    }

    /// <summary>What has become of a credential, as it lies there now.</summary>
    private static async Task<bool> NoteAsync(
        TenantSession session,
        GovernedChange kind,
        string id,
        ChangeOrigin origin,
        DateTimeOffset at
    ) => await ChangeTable.AppendAsync(session, NoteText.New(kind, id, origin, at) with { After = Parts((await FindAsync(session, id))!) });

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
        if (credential.Name is { } name)
        {
            parts["name"] = name;
        }

        if (credential.AgentUid is { } uid)
        {
            parts["agent_uid"] = uid;
        }

        if (credential.ExpiresAt is { } expires)
        {
            parts["expires_at"] = StoreInstant.Format(expires);
        }

        if (credential.RevokedAt is { } revoked)
        {
            parts["revoked_at"] = StoreInstant.Format(revoked);
        }

        return parts;
    }
}
