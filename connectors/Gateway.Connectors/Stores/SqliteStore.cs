using System.Collections.Concurrent;
using Dapper;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;
using Microsoft.Data.Sqlite;

namespace Gateway.Connectors.Stores;

/// <summary>
/// The embedded durable store: one SQLite file a tenant, which another process (the command line) may read and write at the same time.
/// Calls do their work on the caller's thread: they are few and off the path of a request.
/// </summary>
/// <param name="folder">Made where it isn't there. On a local disk: SQLite's locks don't hold on a network's.</param>
/// <param name="busyWait">How long a call waits for another process' write. Default 5 s; whole seconds, from 1.</param>
public sealed class SqliteStore(string folder, TimeSpan? busyWait = null) : IDurableStore
{
    private readonly SqliteFiles _files = new(folder, busyWait ?? TimeSpan.FromSeconds(5));
    private readonly ConcurrentDictionary<Id<Tenant>, bool> _prepared = new();

    /// <summary>The tenants that have a file, in the order of their names.</summary>
    public IReadOnlyList<Id<Tenant>> Tenants() => _files.Tenants();

    public Task PrepareAsync(IReadOnlyList<Id<Tenant>> tenants, CancellationToken cancellationToken) =>
        Call(
            cancellationToken,
            () =>
            {
                foreach (var tenant in tenants)
                {
                    // A file that was there and is gone must not come back empty: suspended agents would be at work again.
                    Present(tenant);
                    _files.Prepare(tenant);
                    _prepared[tenant] = true;
                }

                return true;
            }
        );

    public Task<CredentialRecord?> FindCredentialAsync(Id<Tenant> tenant, string id, CancellationToken cancellationToken) =>
        Call(
            cancellationToken,
            () =>
                !Present(tenant)
                    ? null
                    : _files.Run(
                        tenant,
                        write: false,
                        connection =>
                            connection
                                .QuerySingleOrDefault<CredentialRow>(
                                    $"SELECT {CredentialRow.Columns} FROM credentials WHERE id = @id",
                                    new { id }
                                )
                                ?.ToRecord(tenant)
                    )
        );

    public Task<IReadOnlyList<CredentialRecord>> ListCredentialsAsync(Id<Tenant> tenant, CancellationToken cancellationToken) =>
        Call<IReadOnlyList<CredentialRecord>>(
            cancellationToken,
            () =>
                !Present(tenant)
                    ? []
                    : _files.Run(
                        tenant,
                        write: false,
                        connection =>
                            connection
                                .Query<CredentialRow>($"SELECT {CredentialRow.Columns} FROM credentials ORDER BY created_at, id")
                                .Select(row => row.ToRecord(tenant))
                                .ToList()
                    )
        );

    public Task AddCredentialAsync(CredentialRecord credential, CancellationToken cancellationToken) =>
        Call(
            cancellationToken,
            () =>
                _files.Run(
                    credential.Tenant,
                    write: true,
                    connection =>
                    {
                        connection.Execute(
                            "INSERT INTO credentials VALUES (@Id, @Workspace, @Agent, @Kind, @KeyVersion, @Material, @CreatedAt, @ExpiresAt, @RevokedAt)",
                            CredentialRow.From(credential)
                        );
                        return Append(connection, StoreChangeKind.CredentialAdded, credential.Id, "", credential.CreatedAt);
                    }
                )
        );

    public Task<bool> RevokeCredentialAsync(Id<Tenant> tenant, string id, DateTimeOffset at, CancellationToken cancellationToken) =>
        Call(
            cancellationToken,
            () =>
                Present(tenant)
                && _files.Run(
                    tenant,
                    write: true,
                    connection =>
                        connection.Execute(
                            "UPDATE credentials SET revoked_at = @at WHERE id = @id AND revoked_at IS NULL",
                            new { id, at = CredentialRow.Text(at) }
                        ) == 1
                        && Append(connection, StoreChangeKind.CredentialRevoked, id, "", at)
                )
        );

    public Task<bool> ReplaceMaterialAsync(
        Id<Tenant> tenant,
        string id,
        string from,
        string to,
        DateTimeOffset at,
        CancellationToken cancellationToken
    ) =>
        Call(
            cancellationToken,
            () =>
                Present(tenant)
                && _files.Run(
                    tenant,
                    write: true,
                    connection =>
                        connection.Execute(
                            "UPDATE credentials SET material = @to WHERE id = @id AND material = @from",
                            new
                            {
                                id,
                                from,
                                to,
                            }
                        ) == 1
                        && Append(connection, StoreChangeKind.MaterialReplaced, id, "", at)
                )
        );

    public Task<LifecycleStatus?> FindLifecycleAsync(Id<Tenant> tenant, Id<Agent> agent, CancellationToken cancellationToken) =>
        Call(
            cancellationToken,
            () =>
                _files.Run(
                    tenant,
                    write: false,
                    connection =>
                        (LifecycleStatus?)
                            connection.QuerySingleOrDefault<long?>(
                                "SELECT status FROM lifecycle WHERE agent = @agent",
                                new { agent = agent.ToString() }
                            )
                )
        );

    public Task SetLifecycleAsync(
        Id<Tenant> tenant,
        Id<Agent> agent,
        LifecycleStatus status,
        string reason,
        DateTimeOffset at,
        CancellationToken cancellationToken
    ) =>
        Call(
            cancellationToken,
            () =>
                _files.Run(
                    tenant,
                    write: true,
                    connection =>
                    {
                        var row = new
                        {
                            agent = agent.ToString(),
                            status = (long)status,
                            at = CredentialRow.Text(at),
                        };
                        connection.Execute("INSERT OR REPLACE INTO lifecycle VALUES (@agent, @status, @at)", row);
                        return Append(connection, StoreChangeKind.LifecycleSet, row.agent, reason, at);
                    }
                )
        );

    public Task<AtfLevel?> FindLevelAsync(Id<Tenant> tenant, Id<Agent> agent, CancellationToken cancellationToken) =>
        Call(
            cancellationToken,
            () =>
                _files.Run(
                    tenant,
                    write: false,
                    connection =>
                        (AtfLevel?)
                            connection.QuerySingleOrDefault<long?>(
                                "SELECT level FROM levels WHERE agent = @agent",
                                new { agent = agent.ToString() }
                            )
                )
        );

    public Task SetLevelAsync(
        Id<Tenant> tenant,
        Id<Agent> agent,
        AtfLevel? level,
        string reason,
        DateTimeOffset at,
        CancellationToken cancellationToken
    ) =>
        Call(
            cancellationToken,
            () =>
                _files.Run(
                    tenant,
                    write: true,
                    connection =>
                    {
                        var row = new
                        {
                            agent = agent.ToString(),
                            level = (long?)level,
                            at = CredentialRow.Text(at),
                        };
                        connection.Execute(
                            level is null
                                ? "DELETE FROM levels WHERE agent = @agent"
                                : "INSERT OR REPLACE INTO levels VALUES (@agent, @level, @at)",
                            row
                        );
                        return Append(connection, StoreChangeKind.LevelSet, row.agent, reason, at);
                    }
                )
        );

    public Task<IReadOnlyList<StoreChange>> ChangesAfterAsync(
        Id<Tenant> tenant,
        long sequence,
        int most,
        CancellationToken cancellationToken
    ) =>
        Call<IReadOnlyList<StoreChange>>(
            cancellationToken,
            () =>
                _files.Run(
                    tenant,
                    write: false,
                    connection =>
                        connection
                            .Query<(long Sequence, long Kind, string Subject, string At)>(
                                "SELECT sequence, kind, subject, at FROM changes WHERE sequence > @sequence ORDER BY sequence LIMIT @most",
                                new { sequence, most = Math.Max(most, 0) }
                            )
                            .Select(c => new StoreChange(c.Sequence, (StoreChangeKind)c.Kind, c.Subject, CredentialRow.Instant(c.At)))
                            .ToList()
                )
        );

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>False where the tenant was never prepared.</summary>
    /// <exception cref="DurableStoreException">It was, and its file is gone.</exception>
    private bool Present(Id<Tenant> tenant)
    {
        var exists = _files.Exists(tenant);
        return exists || !_prepared.ContainsKey(tenant)
            ? exists
            : throw new DurableStoreException(
                $"The store file of tenant '{tenant}' is gone: put it back, and don't start with an empty one."
            );
    }

    /// <summary>The next change; the write lock that the transaction holds keeps the numbers without gaps.</summary>
    private static bool Append(SqliteConnection connection, StoreChangeKind kind, string subject, string reason, DateTimeOffset at) =>
        connection.Execute(
            "INSERT INTO changes SELECT COALESCE(MAX(sequence), 0) + 1, @kind, @subject, @reason, @at FROM changes",
            new
            {
                kind = (long)kind,
                subject,
                reason,
                at = CredentialRow.Text(at),
            }
        ) == 1;

    private static Task<T> Call<T>(CancellationToken cancellationToken, Func<T> work)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<T>(cancellationToken);
        }

        try
        {
            return Task.FromResult(work());
        }
        catch (DurableStoreException e)
        {
            return Task.FromException<T>(e);
        }
    }
}
