using Gateway.Cli.Results;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Stores;
using Gateway.Connectors.Vaults;
using Gateway.Evidence.Log;
using Gateway.Evidence.Log.Files;
using Gateway.Evidence.Signing;
using Gateway.Policy.Model;
using Gateway.Proxy.Evidence;

namespace Gateway.Cli.Settings;

/// <summary>
/// A change that an operator makes, with the log that takes its record. The log is open before anything is changed; what changed carries
/// its note with it; the command says that it is done when the record is on the disk. After a kill between the two the running instance,
/// the next start or the next command puts it on record.
/// </summary>
internal sealed class LocalChange : IAsyncDisposable
{
    private readonly JournalLog _log;
    private readonly JournalOptions _journal;
    private readonly IReadOnlyList<Ed25519PublicKey> _keys;
    private readonly ChangeOrigin _origin;
    private readonly SqlStore _store;

    private LocalChange(
        Id<Tenant> tenant,
        JournalLog log,
        JournalOptions journal,
        IReadOnlyList<Ed25519PublicKey> keys,
        ChangeOrigin origin,
        SqlStore store,
        EncryptedFileVault vault
    )
    {
        (Tenant, _log, _journal, _keys, _origin, _store) = (tenant, log, journal, keys, origin, store);
        (Store, Vault) = (store.By(origin), vault.By(origin));
        store.Databases.History.Keep = Keep;
    }

    public Id<Tenant> Tenant { get; }

    /// <summary>In whose changes it stands who makes them.</summary>
    public IDurableStore Store { get; }

    /// <inheritdoc cref="Store"/>
    public EncryptedFileVault Vault { get; }

    /// <inheritdoc cref="Store"/>
    public ApprovalStore Approvals => new(_store.Databases, _origin);

    /// <inheritdoc cref="Store"/>
    public KillStore Kills => new(_store.Databases, _origin);

    /// <inheritdoc cref="Store"/>
    public NoticeStore Notices => new(_store.Databases, _origin);

    /// <inheritdoc cref="Store"/>
    public OperatorStore Operators => new(_store.Databases, _origin);

    /// <summary>Who makes it.</summary>
    public string By => _origin.By;

    /// <param name="kind">What it is to be. A store that was put back from a copy is held against the journal, and changed in no other way
    /// before.</param>
    /// <exception cref="InvalidInputException">The journal can't be written.</exception>
    public static async Task<LocalChange> BeginAsync(
        JournalOptions options,
        InstanceKeys keys,
        ChangeOrigin origin,
        SqlStore store,
        EncryptedFileVault vault,
        Id<Tenant> tenant,
        GovernedChange kind,
        CancellationToken cancellationToken
    )
    {
        JournalLog log;
        var signing = LogSigningKeys.Of(keys.Keys.LogSigning);
        try
        {
            log = JournalLog.OpenApart(options, tenant, signing, TimeProvider.System);
        }
        catch (Exception e) when (e is JournalUnavailableException or JournalCorruptException)
        {
            throw new InvalidInputException(
                $"The change can't be put on record, so nothing was changed: {e.Message}",
                "See that the journal's folder is there, can be written and has room; Gateway:Journal:Root or Gateway:Data:Path names it."
            );
        }

        var change = new LocalChange(tenant, log, options, signing.Public, origin, store, vault);
        try
        {
            if (kind != GovernedChange.StoreReconciled)
            {
                StoreComparison.Expect(store, options.Root, tenant);
                await change.RecordAsync(cancellationToken); // What an earlier command left.
            }

            return change;
        }
        catch
        {
            await change.DisposeAsync();
            throw;
        }
    }

    /// <summary>Puts on record what was changed.</summary>
    /// <exception cref="InvalidInputException">It can't be now.</exception>
    public async Task RecordAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ChangeRecords.AppendAsync(_log, Store, Vault, Tenant, cancellationToken);
        }
        catch (JournalUnavailableException e)
        {
            throw new InvalidInputException(
                $"What was changed is not on record yet: {e.Message}",
                "Mend the journal's disk: the running instance, the next start or the next change puts it on record."
            );
        }
    }

    /// <summary>Puts on record what is about to be done, for what can be done again and again.</summary>
    /// <exception cref="InvalidInputException">It can't be: nothing may be done.</exception>
    public async Task AnnounceAsync(GovernedChange kind, string subject, CancellationToken cancellationToken)
    {
        try
        {
            await ChangeRecords.AnnounceAsync(_log, kind, subject, _origin, cancellationToken);
        }
        catch (JournalUnavailableException e)
        {
            throw new InvalidInputException($"It can't be put on record, so it isn't done: {e.Message}", "Mend the journal's disk.");
        }
    }

    /// <summary>Holds the tenant's store against the journal, where it was put back from a copy.</summary>
    /// <returns>What was found, and how many changes were made for it.</returns>
    /// <exception cref="DurableStoreException">The store can't be used, or the journal can't be read for it.</exception>
    public async Task<(StoreComparison Found, int Made)> ReconcileAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var found = await StoreComparison.FindAsync(_store, _journal, _keys, Tenant, cancellationToken);
        if (!found.IsPutBack)
        {
            return (found, 0);
        }

        var outcome = await found.ReconcileAsync(_store, journal: "", _origin, now, cancellationToken);
        _store.Databases.History.See(Tenant, outcome.Newest);
        return (found, outcome.Made);
    }

    /// <summary>What this command makes is known to the next one.</summary>
    private void Keep(Id<Tenant> tenant, ChangeMark mark)
    {
        if (tenant == Tenant)
        {
            try
            {
                _log.Keep(new StoreMark(mark.Sequence, mark.Id));
            }
            catch (JournalUnavailableException e)
            {
                throw new DurableStoreException($"What was changed can't be kept beside the journal: {e.Message}", e);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _log.DisposeAsync();
        await _store.DisposeAsync();
    }
}
