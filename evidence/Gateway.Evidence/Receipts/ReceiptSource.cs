using Gateway.Evidence.Log;
using Gateway.Evidence.Log.Checkpoints;
using Gateway.Evidence.Log.Files;
using Gateway.Policy.Model;

namespace Gateway.Evidence.Receipts;

/// <summary>
/// Makes receipts from the journals under a root, also from those that other instances write. Looks only into the folder of the tenant that
/// asks, so that an id of another tenant's is as unknown as one that nobody has. Thread-safe.
/// </summary>
/// <param name="root">The folder that holds a folder for each tenant.</param>
public sealed class ReceiptSource(string root, TimeProvider time)
{
    /// <value>How long a receipt waits for the checkpoint over its record: one is due every second.</value>
    public static readonly TimeSpan Wait = TimeSpan.FromSeconds(1.5);

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);

    /// <summary>Where segments are that were removed here; null for nowhere.</summary>
    public ArchivedReceipts? Archive { get; init; }

    /// <summary>Whether a log of the tenant's is here.</summary>
    public bool Has(Id<Tenant> tenant, LogId log) => !tenant.IsEmpty && log != default && File.Exists(DescriptionOf(tenant, log));

    /// <summary>
    /// The receipt; null where the tenant has no such record in the scope, or had it and has removed it. Waits for its checkpoint.
    /// </summary>
    /// <exception cref="JournalUnavailableException">The journal can't be read, or doesn't prove what it holds.</exception>
    public async Task<byte[]?> FindAsync(Id<Tenant> tenant, ReceiptId id, ReceiptScope scope, CancellationToken cancellationToken)
    {
        if (tenant.IsEmpty || id.Log == default)
        {
            return null;
        }

        var folder = Path.GetDirectoryName(DescriptionOf(tenant, id.Log))!;
        Exception? last = null;
        string? removed = null;
        for (var started = time.GetTimestamp(); Has(tenant, id.Log); )
        {
            try
            {
                last = null;
                if (ReadCheckpoint(folder) is { } note)
                {
                    if (Receipt.Find(folder, id, note, out var checkpoint) is { } record)
                    {
                        return scope.Has(record) ? Receipt.Make(folder, id, note, checkpoint!, record) : null;
                    }

                    if (id.Index < checkpoint!.Size && WasRemoved(folder, id.Index))
                    {
                        removed = folder;
                        break;
                    }
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                last = e; // The log goes on while it is read: with its next checkpoint the partial tiles have other names.
            }

            if (time.GetElapsedTime(started) >= Wait)
            {
                return last is null ? null : throw new JournalUnavailableException($"The receipt {id} can't be made: {last.Message}", last);
            }

            await Task.Delay(LookEvery, time, cancellationToken);
        }

        return Archive?.Find(tenant, id, scope, removed);
    }

    /// <summary>A log's last checkpoint as it is signed; null where there is none yet.</summary>
    /// <exception cref="JournalUnavailableException">It can't be read.</exception>
    public static byte[]? ReadCheckpoint(JournalLog log)
    {
        try
        {
            return ReadCheckpoint(log.Folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new JournalUnavailableException($"The checkpoint in '{log.Folder}' can't be read: {e.Message}", e);
        }
    }

    private static bool WasRemoved(string folder, long index) =>
        SegmentName.List(folder) is [var file, ..] && SegmentName.TryParse(file, out var first) && first > index;

    private string DescriptionOf(Id<Tenant> tenant, LogId log) =>
        Path.Combine(root, tenant.ToString(), log.ToString(), LogDescription.FileName);

    private static byte[]? ReadCheckpoint(string folder)
    {
        var file = Path.Combine(folder, Checkpoint.FileName);
        return File.Exists(file) ? RegularFile.Read(file, Checkpoint.MaxLength + 1) : null;
    }
}
