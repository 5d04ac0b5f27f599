using Gateway.Evidence.Log;
using Gateway.Evidence.Log.Checkpoints;
using Gateway.Evidence.Log.Files;
using Gateway.Evidence.Log.Shipping;
using Gateway.Evidence.Signing;
using Gateway.Policy.Model;

namespace Gateway.Evidence.Receipts;

/// <summary>
/// Makes receipts from what was shipped to an archive, whoever shipped it. Others may write there: only what is signed counts. Thread-safe.
/// </summary>
/// <param name="archive">The archive's folder.</param>
/// <param name="keys">Public keys of the instances that ship there.</param>
public sealed class ArchivedReceipts(string archive, IReadOnlyList<Ed25519PublicKey> keys)
{
    /// <summary>Null where the archive has no such record of the tenant's in the scope.</summary>
    /// <param name="removed">The log's folder here, where the record was removed from it; null where it never was here.</param>
    /// <exception cref="JournalUnavailableException">The archive can't be read, or doesn't prove what it holds.</exception>
    public byte[]? Find(Id<Tenant> tenant, ReceiptId id, ReceiptScope scope, string? removed = null)
    {
        var log = new LogDescription(id.Log, tenant.ToString());
        var folder = ArchivedLog.FolderOf(archive, log);
        try
        {
            if (!Directory.Exists(archive))
            {
                throw new DirectoryNotFoundException($"The archive '{archive}' isn't there.");
            }

            var mark = removed is null ? null : ShippedMark.Find(removed);
            if (removed is not null)
            {
                ArchiveId.Demand(archive, mark, removed);
            }

            if (LogDescription.Find(folder) != log)
            {
                return mark is null
                    ? null
                    : throw new IOException($"'{folder}' isn't there, and the log was shipped to '{mark.Place}': mount that archive.");
            }

            var file = Path.Combine(folder, Checkpoint.FileName);
            var note = File.Exists(file) ? RegularFile.Read(file, Checkpoint.MaxLength + 1) : null;
            if (note is null || Checkpoint.Open(note, LogOrigin.Of(id.Log), keys, out _) is not null)
            {
                throw new IOException($"'{file}' isn't the signed head of what was shipped.");
            }

            return Receipt.Find(folder, id, note, out var checkpoint) is { } record && scope.Has(record)
                ? Receipt.Make(folder, id, note, checkpoint!, record)
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new JournalUnavailableException($"The receipt {id} is in the archive at '{archive}', or nowhere: {e.Message}", e);
        }
    }
}
