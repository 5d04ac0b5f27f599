using Gateway.Evidence.Log.Checkpoints;
using Gateway.Evidence.Log.Files;
using Gateway.Evidence.Log.Retention;
using Gateway.Evidence.Log.Shipping;
using Gateway.Evidence.Records;
using Gateway.Evidence.Signing;

namespace Gateway.Evidence.Log;

/// <summary>Removes segments of an open log, for one reason at a time: two would each write their own mark of what is gone.</summary>
/// <param name="record">Appends a record, synced.</param>
internal sealed class LogRemoval(LogFolder folder, LogKeys keys, TimeProvider time, Func<ChangeRecord, CancellationToken, ValueTask> record)
    : IDisposable
{
    private readonly SemaphoreSlim _one = new(1, 1);

    /// <summary>Removes sealed segments that are past the retention; each is on record before it goes. Gives how many.</summary>
    /// <exception cref="JournalUnavailableException">The disk can't be used, or the log can't take the record.</exception>
    /// <exception cref="JournalCorruptException">Something isn't as it was signed; nothing is removed any more.</exception>
    public Task<int> RemoveExpiredAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return RemoveAsync(due => SegmentRetention.IsExpired(due, now) ? "" : null, cancellationToken);
    }

    /// <summary>
    /// Removes sealed segments that are older than they are to be kept here and that an archive holds: each is read back from there just
    /// before. Gives how many, and why the first one that is due had to stay; empty where none had.
    /// </summary>
    /// <param name="archive">The archive's folder.</param>
    /// <exception cref="JournalUnavailableException">The disk or the archive can't be used, or the log can't take the record.</exception>
    /// <exception cref="JournalCorruptException">Something here isn't as it was signed; nothing is removed any more.</exception>
    public async Task<(int Removed, string Stays)> RemoveArchivedAsync(
        string archive,
        TimeSpan keepLocal,
        CancellationToken cancellationToken
    )
    {
        var (now, stays) = (time.GetUtcNow(), "");
        var archived = new Lazy<ArchivedLog>(() => ArchivedLog.Find(archive, folder.Description, keys.Public));
        var removed = await RemoveAsync(
            due =>
            {
                if (now - due.Seal.Sealed < keepLocal)
                {
                    return null;
                }

                stays = WhyNot(archive, archived.Value, due.Seal) ?? "";
                if (stays.Length == 0)
                {
                    return archived.Value.Folder;
                }

                ShippedMark.Rewind(folder.Path, due.Seal.First);
                return null;
            },
            cancellationToken
        );
        return (removed, stays);
    }

    private string? WhyNot(string archive, ArchivedLog archived, SegmentSeal seal)
    {
        var (here, there) = (
            Path.Combine(folder.Path, SegmentName.Of(seal.First)),
            Path.Combine(archived.Folder, SegmentName.Of(seal.First))
        );
        return ArchiveLinks.WhyNot(archive, folder.Description, there)
            ?? archived.WhyNot(seal)
            ?? (FileIdentity.IsSame(here, there) ? $"'{there}' in the archive is the journal's own file, and no copy of it." : null);
    }

    public void Dispose() => _one.Dispose();

    private async Task<int> RemoveAsync(Func<DueSegment, string?> where, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            var log = folder.Description.Log;
            return await SegmentRetention.RunAsync(folder.Path, log, keys, where, change => record(change, cancellationToken));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new JournalUnavailableException($"The old segments in '{folder.Path}' can't be removed: {e.Message}", e);
        }
        finally
        {
            _one.Release();
        }
    }
}
