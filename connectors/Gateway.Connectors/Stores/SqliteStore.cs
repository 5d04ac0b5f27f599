using System.Collections.Concurrent;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;
using Microsoft.Data.Sqlite;

namespace Gateway.Connectors.Stores;

/// <summary>
/// The embedded durable store: one SQLite file a tenant, which another process (the command line) may read and write at the same time.
/// Calls do their work on the caller's thread: they are few and off the path of a request.
/// </summary>
public sealed class SqliteStore : IDurableStore
{
    private const int NotesAtOnce = 1000;

    private readonly SqliteFiles _files;
    private readonly ConcurrentDictionary<Id<Tenant>, bool> _prepared;
    private readonly ChangeOrigin _origin;

    /// <param name="folder">Made where it isn't there. On a local disk: SQLite's locks don't hold on a network's.</param>
    /// <param name="busyWait">How long a call waits for another process' write. Default 5 s; whole seconds, from 1.</param>
    public SqliteStore(string folder, TimeSpan? busyWait = null)
        : this(new SqliteFiles(folder, busyWait ?? TimeSpan.FromSeconds(5)), new(), ChangeOrigin.Local("gateway", "")) { }

    private SqliteStore(SqliteFiles files, ConcurrentDictionary<Id<Tenant>, bool> prepared, ChangeOrigin origin) =>
        (_files, _prepared, _origin) = (files, prepared, origin);

    /// <value>Transactions that were begun; tests count them.</value>
    internal long Transactions => _files.Transactions;

    /// <summary>The tenants that have a file, in the order of their names.</summary>
    public IReadOnlyList<Id<Tenant>> Tenants() => _files.Tenants();

    public IDurableStore By(ChangeOrigin origin) => new SqliteStore(_files, _prepared, origin);

    public async Task<int> RecordChangesAsync(
        Id<Tenant> tenant,
        Func<ChangeNote, CancellationToken, Task> recordAsync,
        CancellationToken cancellationToken
    )
    {
        if (!Present(tenant) || Unrecorded(tenant).Count == 0)
        {
            return 0;
        }

        using var turn = await _files.LockRecordingAsync(tenant, cancellationToken);
        var taken = 0;
        while (Unrecorded(tenant) is { Count: > 0 } notes)
        {
            foreach (var note in notes)
            {
                await recordAsync(note, cancellationToken);
                Write(tenant, connection => ChangeTable.MarkRecorded(connection, note.Sequence));
                taken++;
            }
        }

        return taken;
    }

    public Task<IReadOnlyList<ChangeNote>> UnrecordedAsync(Id<Tenant> tenant, CancellationToken cancellationToken) =>
        Call(cancellationToken, () => Present(tenant) ? Unrecorded(tenant) : []);

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
            () => Present(tenant) ? Read(tenant, connection => CredentialTable.Find(connection, tenant, id)) : Unfound(id)
        );

    public Task<IReadOnlyList<CredentialRecord>> ListCredentialsAsync(Id<Tenant> tenant, CancellationToken cancellationToken) =>
        Call(cancellationToken, () => Present(tenant) ? Read(tenant, connection => CredentialTable.List(connection, tenant)) : []);

    public Task AddCredentialAsync(CredentialRecord credential, CancellationToken cancellationToken) =>
        Call(cancellationToken, () => Write(credential.Tenant, connection => CredentialTable.Add(connection, credential, _origin)));

    public Task<bool> RevokeCredentialAsync(Id<Tenant> tenant, string id, DateTimeOffset at, CancellationToken cancellationToken) =>
        Call(
            cancellationToken,
            () => Present(tenant) && Write(tenant, connection => CredentialTable.Revoke(connection, tenant, id, _origin, at))
        );

    public Task<bool> ReplaceCredentialAsync(
        CredentialRecord next,
        string previous,
        DateTimeOffset until,
        CancellationToken cancellationToken
    ) =>
        Call(
            cancellationToken,
            () =>
                Present(next.Tenant)
                && Write(next.Tenant, connection => CredentialTable.Replace(connection, next, previous, _origin, until))
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
                && Write(tenant, connection => CredentialTable.ReplaceMaterial(connection, tenant, id, from, to, _origin, at))
        );

    public Task<LifecycleStatus?> FindLifecycleAsync(Id<Tenant> tenant, Id<Agent> agent, CancellationToken cancellationToken) =>
        Call(cancellationToken, () => Read(tenant, connection => AgentTables.FindLifecycle(connection, agent)));

    public Task SetLifecycleAsync(
        Id<Tenant> tenant,
        Id<Agent> agent,
        LifecycleStatus status,
        DateTimeOffset at,
        CancellationToken cancellationToken
    ) => Call(cancellationToken, () => Write(tenant, connection => AgentTables.SetLifecycle(connection, agent, status, _origin, at)));

    public Task<AtfLevel?> FindLevelAsync(Id<Tenant> tenant, Id<Agent> agent, CancellationToken cancellationToken) =>
        Call(cancellationToken, () => Read(tenant, connection => AgentTables.FindLevel(connection, agent)));

    public Task SetLevelAsync(
        Id<Tenant> tenant,
        Id<Agent> agent,
        AtfLevel? level,
        DateTimeOffset at,
        CancellationToken cancellationToken
    ) => Call(cancellationToken, () => Write(tenant, connection => AgentTables.SetLevel(connection, agent, level, _origin, at)));

    public Task<bool> AddObjectAsync(Id<Tenant> tenant, OwnedObject made, CancellationToken cancellationToken) =>
        Call(cancellationToken, () => Write(tenant, connection => ObjectTable.Add(connection, made)));

    public Task<IReadOnlyList<string>> RefreshObjectsAsync(
        Id<Tenant> tenant,
        Id<Agent> agent,
        Id<Connector> connector,
        OwnedKind kind,
        IReadOnlyDictionary<string, string> cards,
        CancellationToken cancellationToken
    ) =>
        Call(
            cancellationToken,
            () => _files.Run(tenant, write: true, connection => ObjectTable.Refresh(connection, agent, connector, kind, cards))
        );

    public Task<OwnedObject?> FindObjectAsync(
        Id<Tenant> tenant,
        Id<Agent> agent,
        Id<Connector> connector,
        OwnedKind kind,
        string id,
        CancellationToken cancellationToken
    ) => Call(cancellationToken, () => Read(tenant, connection => ObjectTable.Find(connection, agent, connector, kind, id)));

    public Task<IReadOnlyList<OwnedObject>> ListObjectsAsync(Id<Tenant> tenant, OwnedPage page, CancellationToken cancellationToken) =>
        Call(cancellationToken, () => Read(tenant, connection => ObjectTable.List(connection, page)));

    public Task<bool> ForgetObjectAsync(
        Id<Tenant> tenant,
        Id<Agent> agent,
        Id<Connector> connector,
        OwnedKind kind,
        string id,
        CancellationToken cancellationToken
    ) => Call(cancellationToken, () => Write(tenant, connection => ObjectTable.Forget(connection, agent, connector, kind, id)));

    public Task<IReadOnlyList<StoreChange>> ChangesAfterAsync(
        Id<Tenant> tenant,
        long sequence,
        int most,
        CancellationToken cancellationToken
    ) => Call(cancellationToken, () => Read(tenant, connection => ChangeTable.After(connection, sequence, most)));

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

    /// <summary>
    /// Looks where it can't be, and forgets what it found: or a tenant that isn't there would be answered sooner than a key that isn't, and
    /// who is a customer could be told by a clock.
    /// </summary>
    private CredentialRecord? Unfound(string id)
    {
        if (_prepared.Keys.FirstOrDefault() is { IsEmpty: false } other && Present(other))
        {
            Read(other, connection => CredentialTable.Find(connection, other, id));
        }

        return null;
    }

    private IReadOnlyList<ChangeNote> Unrecorded(Id<Tenant> tenant) =>
        Read(tenant, connection => ChangeTable.Unrecorded(connection, NotesAtOnce));

    private T Read<T>(Id<Tenant> tenant, Func<SqliteConnection, T> work) => _files.Run(tenant, write: false, work);

    private bool Write(Id<Tenant> tenant, Func<SqliteConnection, bool> work) => _files.Run(tenant, write: true, work);

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
