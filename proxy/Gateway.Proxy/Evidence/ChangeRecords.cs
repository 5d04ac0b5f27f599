using System.Globalization;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Vaults;
using Gateway.Evidence.Log;
using Gateway.Evidence.Records;
using Gateway.Policy.Model;

namespace Gateway.Proxy.Evidence;

/// <summary>Puts what changed in the store and the vault on record.</summary>
public static class ChangeRecords
{
    /// <value>Many times what a disk takes that works.</value>
    private static readonly TimeSpan LongestAppend = TimeSpan.FromSeconds(10);

    /// <summary>
    /// What isn't on record yet of a tenant's, synced, oldest first. Whatever stands in the way leaves it for the next time.
    /// </summary>
    /// <returns>How many changes were recorded.</returns>
    /// <exception cref="JournalUnavailableException">The journal doesn't take them.</exception>
    /// <exception cref="DurableStoreException">The store can't be used.</exception>
    /// <exception cref="CredentialSourceException">The vault can't be used.</exception>
    public static async Task<int> AppendAsync(
        JournalLog log,
        IDurableStore store,
        EncryptedFileVault vault,
        Id<Tenant> tenant,
        CancellationToken cancellationToken
    )
    {
        async Task RecordAsync(ChangeNote note, CancellationToken cancelled)
        {
            // A bound, since who waits holds what every other instance needs to put its own on record.
            cancelled.ThrowIfCancellationRequested();
            await AppendAsync(log, Of(note));
            log.NoteRecorded(note.Id);
        }

        return await store.RecordChangesAsync(tenant, RecordAsync, cancellationToken)
            + await vault.RecordChangesAsync(tenant, RecordAsync, cancellationToken);
    }

    /// <summary>Says what is about to be done, for what can be done again and again.</summary>
    /// <exception cref="JournalUnavailableException">It isn't on record: nothing may be done.</exception>
    public static async Task AnnounceAsync(
        JournalLog log,
        GovernedChange kind,
        string subject,
        ChangeOrigin origin,
        CancellationToken cancellationToken
    )
    {
        var record = new ChangeRecord
        {
            Kind = kind,
            Subject = subject,
            By = origin.By,
            From = origin.From,
            Reason = origin.Reason,
        };
        await log.AppendAsync(record, Durability.Synced, cancellationToken);
    }

    private static async Task AppendAsync(JournalLog log, ChangeRecord record)
    {
        try
        {
            await log.AppendAsync(record, Durability.Synced, LongestAppend);
        }
        catch (OperationCanceledException e)
        {
            throw new JournalUnavailableException($"The journal in '{log.Folder}' took no record in {LongestAppend.TotalSeconds:F0} s.", e);
        }
    }

    internal static ChangeRecord Of(ChangeNote note) =>
        new()
        {
            Kind = note.Kind,
            Subject = note.Subject,
            Revision = note.Sequence > 0 ? note.Sequence.ToString(CultureInfo.InvariantCulture) : "",
            ChangeId = note.Id,
            By = note.Origin.By,
            From = note.Origin.From,
            Reason = note.Origin.Reason,
            At = note.At,
            Before = note.Before,
            After = note.After,
        };
}
