using System.Collections.Concurrent;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Stores;

/// <summary>The durable store on tables, whatever they are kept in.</summary>
public class SqlStore : IDurableStore
{
    private const int NotesAtOnce = 1000;

    private readonly ConcurrentDictionary<Id<Tenant>, bool> _prepared;
    private readonly ChangeOrigin _origin;
    private readonly bool _isView;

    private protected SqlStore(TenantDatabases databases)
        : this(databases, new(), ChangeOrigin.Local("gateway", ""), isView: false) { }

    private SqlStore(TenantDatabases databases, ConcurrentDictionary<Id<Tenant>, bool> prepared, ChangeOrigin origin, bool isView) =>
        (Databases, _prepared, _origin, _isView) = (databases, prepared, origin, isView);

    /// <summary>For stores of other things, which lie beside in the same tables' place.</summary>
    public TenantDatabases Databases { get; }

    public IDurableStore By(ChangeOrigin origin) => new SqlStore(Databases, _prepared, origin, isView: true);

    public Task<IReadOnlyList<Id<Tenant>>> TenantsAsync(CancellationToken cancellationToken) => Databases.TenantsAsync(cancellationToken);

    public async Task<int> RecordChangesAsync(
        Id<Tenant> tenant,
        Func<ChangeNote, CancellationToken, Task> recordAsync,
        CancellationToken cancellationToken
    )
    {
        if ((await UnrecordedAsync(tenant, cancellationToken)).Count == 0)
        {
            return 0;
        }

        using var here = await Databases.TakeRecordingTurnAsync(tenant, cancellationToken);
        if ((await UnrecordedAsync(tenant, cancellationToken)).Count == 0)
        {
            return 0; // Whoever had the turn put ours on record, too.
        }

        await using var turn = await Databases.LockRecordingAsync(tenant, cancellationToken);
        var taken = 0;
        while (await UnrecordedAsync(tenant, cancellationToken) is { Count: > 0 } notes)
        {
            foreach (var note in notes)
            {
                await recordAsync(note, cancellationToken);
                await WriteAsync(tenant, session => ChangeTable.MarkRecordedAsync(session, note.Sequence), cancellationToken);
                taken++;
            }
        }

        return taken;
    }

    public async Task<IReadOnlyList<ChangeNote>> UnrecordedAsync(Id<Tenant> tenant, CancellationToken cancellationToken) =>
        await IsPresentAsync(tenant, cancellationToken)
            ? await ReadAsync(tenant, session => ChangeTable.UnrecordedAsync(session, NotesAtOnce), cancellationToken)
            : [];

    public async Task PrepareAsync(IReadOnlyList<Id<Tenant>> tenants, CancellationToken cancellationToken)
    {
        foreach (var tenant in tenants)
        {
            // What was there and is gone must not come back empty: suspended agents would be at work again.
            await IsPresentAsync(tenant, cancellationToken);
            await Databases.PrepareAsync(tenant, cancellationToken);
            _prepared[tenant] = true;
        }
    }

    public async Task<CredentialRecord?> FindCredentialAsync(Id<Tenant> tenant, string id, CancellationToken cancellationToken) =>
        await IsPresentAsync(tenant, cancellationToken)
            ? await ReadAsync(tenant, session => CredentialTable.FindAsync(session, id), cancellationToken)
            : await UnfoundAsync(id, cancellationToken);

    public async Task<IReadOnlyList<CredentialRecord>> ListCredentialsAsync(Id<Tenant> tenant, CancellationToken cancellationToken) =>
        await IsPresentAsync(tenant, cancellationToken) ? await ReadAsync(tenant, CredentialTable.ListAsync, cancellationToken) : [];

    public Task<bool> AddCredentialAsync(CredentialRecord credential, CancellationToken cancellationToken) =>
        WriteAsync(credential.Tenant, session => CredentialTable.AddAsync(session, credential, _origin), cancellationToken);

    public async Task<bool> RevokeCredentialAsync(Id<Tenant> tenant, string id, DateTimeOffset at, CancellationToken cancellationToken) =>
        await IsPresentAsync(tenant, cancellationToken)
        && await WriteAsync(tenant, session => CredentialTable.RevokeAsync(session, id, _origin, at), cancellationToken);

    public async Task<bool> ReplaceCredentialAsync(
        CredentialRecord next,
        string previous,
        DateTimeOffset until,
        CancellationToken cancellationToken
    ) =>
        await IsPresentAsync(next.Tenant, cancellationToken)
        && await WriteAsync(
            next.Tenant,
            session => CredentialTable.ReplaceAsync(session, next, previous, _origin, until),
            cancellationToken
        );

    public async Task<bool> ReplaceMaterialAsync(
        Id<Tenant> tenant,
        string id,
        string from,
        string to,
        DateTimeOffset at,
        CancellationToken cancellationToken
    ) =>
        await IsPresentAsync(tenant, cancellationToken)
        && await WriteAsync(tenant, session => CredentialTable.ReplaceMaterialAsync(session, id, from, to, _origin, at), cancellationToken);

    public Task<LifecycleStatus?> FindLifecycleAsync(Id<Tenant> tenant, Id<Agent> agent, CancellationToken cancellationToken) =>
        ReadAsync(tenant, session => AgentTables.FindLifecycleAsync(session, agent), cancellationToken);

    public Task SetLifecycleAsync(
        Id<Tenant> tenant,
        Id<Agent> agent,
        LifecycleStatus status,
        DateTimeOffset at,
        CancellationToken cancellationToken
    ) => WriteAsync(tenant, session => AgentTables.SetLifecycleAsync(session, agent, status, _origin, at), cancellationToken);

    public Task<AtfLevel?> FindLevelAsync(Id<Tenant> tenant, Id<Agent> agent, CancellationToken cancellationToken) =>
        ReadAsync(tenant, session => AgentTables.FindLevelAsync(session, agent), cancellationToken);

    public Task SetLevelAsync(
        Id<Tenant> tenant,
        Id<Agent> agent,
        AtfLevel? level,
        DateTimeOffset at,
        CancellationToken cancellationToken
    ) => WriteAsync(tenant, session => AgentTables.SetLevelAsync(session, agent, level, _origin, at), cancellationToken);

    public Task<bool> AddObjectAsync(Id<Tenant> tenant, OwnedObject made, CancellationToken cancellationToken) =>
        WriteAsync(tenant, session => ObjectTable.AddAsync(session, made), cancellationToken);

    public Task<IReadOnlyList<string>> RefreshObjectsAsync(
        Id<Tenant> tenant,
        Id<Agent> agent,
        Id<Connector> connector,
        OwnedKind kind,
        IReadOnlyDictionary<string, string> cards,
        CancellationToken cancellationToken
    ) => WriteAsync(tenant, session => ObjectTable.RefreshAsync(session, agent, connector, kind, cards), cancellationToken);

    public Task<OwnedObject?> FindObjectAsync(
        Id<Tenant> tenant,
        Id<Agent> agent,
        Id<Connector> connector,
        OwnedKind kind,
        string id,
        CancellationToken cancellationToken
    ) => ReadAsync(tenant, session => ObjectTable.FindAsync(session, agent, connector, kind, id), cancellationToken);

    public Task<IReadOnlyList<OwnedObject>> ListObjectsAsync(Id<Tenant> tenant, OwnedPage page, CancellationToken cancellationToken) =>
        ReadAsync(tenant, session => ObjectTable.ListAsync(session, page), cancellationToken);

    public Task<bool> ForgetObjectAsync(
        Id<Tenant> tenant,
        Id<Agent> agent,
        Id<Connector> connector,
        OwnedKind kind,
        string id,
        CancellationToken cancellationToken
    ) => WriteAsync(tenant, session => ObjectTable.ForgetAsync(session, agent, connector, kind, id), cancellationToken);

    public Task<IReadOnlyList<StoreChange>> ChangesAfterAsync(
        Id<Tenant> tenant,
        long sequence,
        int most,
        CancellationToken cancellationToken
    ) => ReadAsync(tenant, session => ChangeTable.AfterAsync(session, sequence, most), cancellationToken);

    public Task<long> LastChangeAsync(Id<Tenant> tenant, CancellationToken cancellationToken) =>
        ReadAsync(tenant, ChangeTable.LastAsync, cancellationToken);

    public Task NextChange() => Databases.NextChange();

    public async ValueTask DisposeAsync()
    {
        if (!_isView)
        {
            await Databases.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>False where the tenant was never prepared.</summary>
    /// <exception cref="DurableStoreException">It was, and what was kept of it is gone.</exception>
    private async Task<bool> IsPresentAsync(Id<Tenant> tenant, CancellationToken cancellationToken)
    {
        var exists = await Databases.ExistsAsync(tenant, cancellationToken);
        return exists || !_prepared.ContainsKey(tenant)
            ? exists
            : throw new DurableStoreException(
                $"What the store kept of tenant '{tenant}' is gone: put it back, and don't start with nothing."
            );
    }

    /// <summary>
    /// Looks where it can't be, and forgets what it found: or a tenant that isn't there would be answered sooner than a key that isn't, and
    /// who is a customer could be told by a clock.
    /// </summary>
    private async Task<CredentialRecord?> UnfoundAsync(string id, CancellationToken cancellationToken)
    {
        if (_prepared.Keys.FirstOrDefault() is { IsEmpty: false } other)
        {
            await ReadAsync(other, session => CredentialTable.FindAsync(session, id), cancellationToken);
        }

        return null;
    }

    private Task<T> ReadAsync<T>(Id<Tenant> tenant, Func<TenantSession, Task<T>> workAsync, CancellationToken cancellationToken) =>
        Databases.RunAsync(tenant, write: false, workAsync, cancellationToken);

    private Task<T> WriteAsync<T>(Id<Tenant> tenant, Func<TenantSession, Task<T>> workAsync, CancellationToken cancellationToken) =>
        Databases.RunAsync(tenant, write: true, workAsync, cancellationToken);
}
