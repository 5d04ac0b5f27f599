using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Stores;

/// <summary>
/// The operators and their keys, in the durable store beside approvals. Every change is one transaction with its note for the journal.
/// Thread-safe. Methods throw <see cref="DurableStoreException"/> when the store can't be reached.
/// </summary>
/// <param name="origin">In whose changes it stands who makes them.</param>
public sealed class OperatorStore(TenantDatabases databases, ChangeOrigin origin)
{
    public Task<OperatorRecord?> FindAsync(Id<Tenant> tenant, string name, CancellationToken cancellationToken) =>
        ReadAsync(tenant, session => OperatorTables.FindAsync(session, name), cancellationToken);

    public Task<IReadOnlyList<OperatorRecord>> ListAsync(Id<Tenant> tenant, CancellationToken cancellationToken) =>
        ReadAsync(tenant, OperatorTables.ListAsync, cancellationToken);

    /// <summary>Whether somebody of the name, or for the person, is there already.</summary>
    public Task<OperatorOutcome> AddAsync(Id<Tenant> tenant, OperatorRecord record, CancellationToken cancellationToken) =>
        WriteAsync(tenant, session => AddAsync(session, record), cancellationToken);

    /// <summary>
    /// Changes one as it was at a version. Who may do less, or proves themselves otherwise, signs in again: sessions end, and of who is
    /// suspended tokens open nothing.
    /// </summary>
    /// <param name="change">Of the record as it is. Name, version and time are kept.</param>
    public Task<(OperatorOutcome Outcome, OperatorRecord? Record)> ChangeAsync(
        Id<Tenant> tenant,
        string name,
        long version,
        Func<OperatorRecord, OperatorRecord> change,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        WriteAsync<(OperatorOutcome, OperatorRecord?)>(
            tenant,
            async session =>
            {
                if (await OperatorTables.FindAsync(session, name) is not { } before)
                {
                    return (OperatorOutcome.Unknown, null);
                }

                var after = change(before) with { Name = name, At = before.At, Version = before.Version + 1 };
                var problem =
                    before.Version != version ? OperatorOutcome.Stale
                    : await IsTakenAsync(session, after) ? OperatorOutcome.PersonTaken
                    : OperatorOutcome.Done;
                if (problem != OperatorOutcome.Done)
                {
                    return (problem, before);
                }

                await OperatorTables.PutAsync(session, after);
                await OperatorTables.RemoveKeysAsync(session, name, OperatorKeyKind.Session);
                await OperatorTables.NoteAsync(session, GovernedChange.OperatorSet, name, origin, now, before, after);
                return (OperatorOutcome.Done, after);
            },
            cancellationToken
        );

    /// <summary>Removes one with all keys.</summary>
    public Task<OperatorOutcome> RemoveAsync(
        Id<Tenant> tenant,
        string name,
        long version,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) =>
        WriteAsync(
            tenant,
            async session =>
            {
                if (await OperatorTables.FindAsync(session, name) is not { } before)
                {
                    return OperatorOutcome.Unknown;
                }

                if (before.Version != version)
                {
                    return OperatorOutcome.Stale;
                }

                await OperatorTables.RemoveAsync(session, name);
                await OperatorTables.RemoveKeysAsync(session, name);
                await OperatorTables.NoteAsync(session, GovernedChange.OperatorRemoved, name, origin, now, before, after: null);
                return OperatorOutcome.Done;
            },
            cancellationToken
        );

    /// <summary>Null where there is none such. What it is good for, and until when, is for the caller to see.</summary>
    public Task<OperatorKey?> FindKeyAsync(Id<Tenant> tenant, string id, CancellationToken cancellationToken) =>
        ReadAsync(tenant, session => OperatorTables.FindKeyAsync(session, id), cancellationToken);

    public Task<IReadOnlyList<OperatorKey>> ListKeysAsync(Id<Tenant> tenant, OperatorKeyKind kind, CancellationToken cancellationToken) =>
        ReadAsync(tenant, session => OperatorTables.ListKeysAsync(session, kind), cancellationToken);

    /// <summary>False, with nothing written, where the operator has a token of that name, or isn't there.</summary>
    public Task<bool> AddKeyAsync(Id<Tenant> tenant, OperatorKey key, CancellationToken cancellationToken) =>
        WriteAsync(
            tenant,
            async session =>
            {
                await OperatorTables.RemoveEndedAsync(session, key.At);
                if (key.Kind != OperatorKeyKind.Setup && await OperatorTables.FindAsync(session, key.Operator) is null)
                {
                    return false;
                }

                var tokens = key.Kind == OperatorKeyKind.Token ? await OperatorTables.ListKeysAsync(session, key.Kind) : [];
                if (tokens.Any(one => one.Operator == key.Operator && one.Name == key.Name))
                {
                    return false;
                }

                await OperatorTables.PutKeyAsync(session, key);
                return await OperatorTables.NoteAsync(session, AddedAs(key.Kind), key, origin, key.At);
            },
            cancellationToken
        );

    /// <summary>Writes down when a session was used, or that its operator proved themselves again. Nobody else's change.</summary>
    public Task SeeAsync(Id<Tenant> tenant, OperatorKey session, CancellationToken cancellationToken) =>
        WriteAsync(
            tenant,
            async written =>
            {
                if (await OperatorTables.FindKeyAsync(written, session.Id) is { } there && there.Hash == session.Hash)
                {
                    await OperatorTables.PutKeyAsync(written, session);
                }

                return true;
            },
            cancellationToken
        );

    /// <summary>False where there is none such.</summary>
    public Task<bool> RemoveKeyAsync(Id<Tenant> tenant, string id, DateTimeOffset now, CancellationToken cancellationToken) =>
        WriteAsync(
            tenant,
            async session =>
                await OperatorTables.FindKeyAsync(session, id) is { } key
                && await OperatorTables.RemoveKeyAsync(session, id)
                && await OperatorTables.NoteAsync(
                    session,
                    key.Kind == OperatorKeyKind.Session ? GovernedChange.SignedOut : GovernedChange.TokenRevoked,
                    key,
                    origin,
                    now
                ),
            cancellationToken
        );

    /// <summary>Makes an operator with a key that is good for that once. Of any number who try with one, one does.</summary>
    public Task<OperatorOutcome> SetUpAsync(Id<Tenant> tenant, string keyId, OperatorRecord first, CancellationToken cancellationToken) =>
        WriteAsync(
            tenant,
            async session =>
            {
                if (await OperatorTables.FindKeyAsync(session, keyId) is not { Kind: OperatorKeyKind.Setup } key || key.Ends <= first.At)
                {
                    return OperatorOutcome.Unknown;
                }

                var outcome = await AddAsync(session, first with { Roles = key.Roles });
                if (outcome == OperatorOutcome.Done)
                {
                    // And every other one: each is for the first operator.
                    await OperatorTables.RemoveKeysAsync(session, "", OperatorKeyKind.Setup);
                }

                return outcome;
            },
            cancellationToken
        );

    private async Task<OperatorOutcome> AddAsync(TenantSession session, OperatorRecord record)
    {
        if (await OperatorTables.FindAsync(session, record.Name) is not null)
        {
            return OperatorOutcome.NameTaken;
        }

        if (await IsTakenAsync(session, record))
        {
            return OperatorOutcome.PersonTaken;
        }

        await OperatorTables.PutAsync(session, record);
        await OperatorTables.NoteAsync(session, GovernedChange.OperatorAdded, record.Name, origin, record.At, before: null, record);
        return OperatorOutcome.Done;
    }

    private static async Task<bool> IsTakenAsync(TenantSession session, OperatorRecord record) =>
        (await OperatorTables.ListAsync(session)).Any(one =>
            one.Name != record.Name && PersonName.Of(one.Person) == PersonName.Of(record.Person)
        );

    private static GovernedChange AddedAs(OperatorKeyKind kind) =>
        kind switch
        {
            OperatorKeyKind.Token => GovernedChange.TokenAdded,
            OperatorKeyKind.Session => GovernedChange.SignedIn,
            OperatorKeyKind.Setup => GovernedChange.SetupOrdered,
            OperatorKeyKind.Unknown => throw new ArgumentException("A key is of a kind.", nameof(kind)),
        };

    private Task<T> ReadAsync<T>(Id<Tenant> tenant, Func<TenantSession, Task<T>> workAsync, CancellationToken cancellationToken) =>
        databases.RunAsync(tenant, write: false, workAsync, cancellationToken);

    private Task<T> WriteAsync<T>(Id<Tenant> tenant, Func<TenantSession, Task<T>> workAsync, CancellationToken cancellationToken) =>
        databases.RunAsync(tenant, write: true, workAsync, cancellationToken);
}
