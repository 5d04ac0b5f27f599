using System.Diagnostics;
using Gateway.Evidence.Log.Files;
using Gateway.Evidence.Records;
using Gateway.Evidence.Signing;
using Gateway.Policy.Canonical;
using Gateway.Policy.Model;

namespace Gateway.Evidence.Log;

/// <summary>
/// One tenant's log of this instance, open for appending and locked against every other process. Thread-safe. An append that hasn't
/// completed proves nothing; one that failed may be in the log all the same.
/// </summary>
public sealed class JournalLog : IAsyncDisposable
{
    /// <value>The longest body, in bytes.</value>
    public const int MaxBodyLength = 1 << 20;

    private readonly LogFolder _folder;
    private readonly LogAppender _appender;
    private readonly LogCheckpointer _checkpoints;
    private readonly EndMarks _ends;
    private readonly TimeProvider _time;
    private readonly bool _alwaysSynced;
    private readonly RecentChanges _changes = new();
    private readonly Lock _marking = new();
    private readonly LogRemoval _removal;
    private long _mark = -1;
    private int _closed;

    private JournalLog(LogFolder folder, LogKeys keys, TimeProvider time, RecoveredLog recovered, JournalOptions options)
    {
        (_folder, _time, _alwaysSynced, Recovery) = (folder, time, options.AlwaysSynced, recovered.Report);
        var (writer, head, _, _) = recovered;
        _checkpoints = new LogCheckpointer(folder, writer, keys, head.Checkpoint, head.Resume, time);
        _appender = new LogAppender(writer, _checkpoints, options, time);
        _ends = recovered.Ends;
        _removal = new LogRemoval(folder, keys, time, async (change, cancelled) => await AppendAsync(change, Durability.Synced, cancelled));
    }

    public LogId Id => _folder.Description.Log;

    /// <summary>Full path of the log's folder.</summary>
    public string Folder => _folder.Path;

    /// <summary>What the opening found and mended.</summary>
    public RecoveryReport Recovery { get; }

    /// <value>Records that wait to be written.</value>
    public int Backlog => _appender.Backlog;

    /// <value>Since when the oldest record isn't under a signed head; zero where all are.</value>
    public TimeSpan UnsignedFor => _checkpoints.UnsignedFor;

    /// <summary>
    /// Opens a tenant's log: the first that no other process has open, or a new one. Checks it from its last mark on against what was
    /// signed of it, cuts an incomplete last record, and gives every decision without an outcome the outcome <c>outcome_unknown</c>. Blocks
    /// while it reads.
    /// </summary>
    /// <exception cref="JournalCorruptException">The log is damaged. It stays as it is.</exception>
    /// <exception cref="JournalUnavailableException">The disk can't be used. Trying again later can help.</exception>
    public static JournalLog Open(JournalOptions options, Id<Tenant> tenant, LogKeys keys, TimeProvider time)
    {
        if (tenant.IsEmpty)
        {
            throw new ArgumentException("A log needs a tenant.", nameof(tenant));
        }

        return Open(options, tenant.ToString(), keys, time, Disk.Real);
    }

    /// <summary>
    /// Opens a log of a tenant for a command's records beside an instance's: one that was closed in good order, or a new one. A log whose
    /// writer was killed is left to the instance, which must learn what was under way.
    /// </summary>
    /// <exception cref="JournalCorruptException">The log is damaged. It stays as it is.</exception>
    /// <exception cref="JournalUnavailableException">The disk can't be used. Trying again later can help.</exception>
    public static JournalLog OpenApart(JournalOptions options, Id<Tenant> tenant, LogKeys keys, TimeProvider time) =>
        tenant.IsEmpty
            ? throw new ArgumentException("A log needs a tenant.", nameof(tenant))
            : Open(options, tenant.ToString(), keys, time, Disk.Real, apart: true);

    /// <summary>
    /// Opens the log for what has no proven tenant; as <see cref="Open(JournalOptions, Id{Tenant}, LogKeys, TimeProvider)"/>.
    /// </summary>
    public static JournalLog OpenSystem(JournalOptions options, LogKeys keys, TimeProvider time) =>
        Open(options, LogDescription.SystemTenant, keys, time, Disk.Real);

    internal static JournalLog Open(JournalOptions options, string tenant, LogKeys keys, TimeProvider time, Disk disk, bool apart = false)
    {
        try
        {
            var folder = LogFolder.Take(options.Root, tenant, apart);
            try
            {
                return new JournalLog(folder, keys, time, LogRecovery.Open(folder, options, keys, time, disk, apart), options);
            }
            catch
            {
                folder.Dispose();
                throw;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new JournalUnavailableException($"The journal of '{tenant}' can't be opened under '{options.Root}': {e.Message}", e);
        }
    }

    /// <summary>Appends a record; completes when it is as durable as asked.</summary>
    /// <param name="cancellationToken">Ends the wait. The record may land nevertheless.</param>
    /// <exception cref="JournalUnavailableException">It isn't, so what it stands for must not happen.</exception>
    /// <exception cref="ArgumentException">The record can't be written: text that isn't Unicode, or a body over the limit.</exception>
    public ValueTask<RecordReceipt> AppendAsync(IJournalRecord record, Durability durability, CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled<RecordReceipt>(cancellationToken)
            : AppendOwn(record, durability, new AppendWait(cancellationToken));

    /// <summary>The same, with a bound on the wait instead of a token. It costs nothing where the append needn't wait.</summary>
    /// <param name="longest">More than zero. Behind it the append ends with <see cref="OperationCanceledException"/>; the record may land
    /// nevertheless.</param>
    public ValueTask<RecordReceipt> AppendAsync(IJournalRecord record, Durability durability, TimeSpan longest)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(longest, TimeSpan.Zero);
        return AppendOwn(record, durability, new AppendWait(longest, _time));
    }

    /// <summary>Appends a body that is canonical already; otherwise as the other.</summary>
    /// <param name="body">One JSON object in canonical form. Used only until the call returns.</param>
    /// <exception cref="ArgumentException">It isn't such an object, or is over the limit.</exception>
    public ValueTask<RecordReceipt> AppendAsync(
        RecordType type,
        ReadOnlySpan<byte> body,
        Durability durability,
        CancellationToken cancellationToken
    )
    {
        // One that isn't would stop the next start: the whole log would count as damaged.
        if (!body.StartsWith("{"u8) || !CanonicalJson.IsCanonical(body))
        {
            throw new ArgumentException("A record's body must be one JSON object in canonical form.", nameof(body));
        }

        return cancellationToken.IsCancellationRequested
            ? ValueTask.FromCanceled<RecordReceipt>(cancellationToken)
            : AppendChecked(type, body, durability, new AppendWait(cancellationToken));
    }

    /// <summary>
    /// Says that the outcome of a decision will be recorded, and its answer's end go out behind that. Where the process is killed in
    /// between, the next start records that the answer was cut.
    /// </summary>
    /// <returns>For <see cref="EndEnding"/>.</returns>
    /// <exception cref="JournalUnavailableException">It couldn't be written.</exception>
    public int BeginEnding(string decisionId)
    {
        try
        {
            return _ends.Begin(decisionId);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            throw JournalUnavailableException.Because(e);
        }
    }

    /// <summary>Says that the end has gone out, or that it is on record that it hasn't. Never throws.</summary>
    public void EndEnding(int place) => _ends.End(place);

    /// <summary>Keeps the newest change of the tenant's store that is known, on the disk when it returns. An older one changes
    /// nothing.</summary>
    /// <exception cref="JournalUnavailableException">It can't be kept.</exception>
    public void Keep(StoreMark mark)
    {
        Marking(() =>
        {
            if (mark.Sequence > _mark)
            {
                AtomicFile.Write(Path.Combine(Folder, StoreMark.FileName), mark.ToBytes(), synced: true);
                _mark = mark.Sequence;
            }

            return _mark;
        });
    }

    /// <value>Up to which number the changes of the tenant's store are known to be on record here, whoever recorded them; null where
    /// nobody said.</value>
    /// <exception cref="JournalUnavailableException">It can't be read, or kept.</exception>
    public long? FollowedTo
    {
        get => Marking(() => FollowedMark.Find(Folder));
        set => Marking(() => FollowedMark.Write(Folder, value ?? 0));
    }

    /// <summary>Says that this process put a change on record here.</summary>
    /// <param name="changeId">As <see cref="ChangeRecord.ChangeId"/>.</param>
    public void NoteRecorded(string changeId) => _changes.Add(changeId);

    /// <summary>Whether this process said so, of the last 4096.</summary>
    /// <param name="changeId">As <see cref="ChangeRecord.ChangeId"/>.</param>
    public bool HasRecorded(string changeId) => _changes.Contains(changeId);

    /// <inheritdoc cref="LogRemoval.RemoveExpiredAsync"/>
    public Task<int> RemoveExpiredAsync(CancellationToken cancellationToken) => _removal.RemoveExpiredAsync(cancellationToken);

    /// <inheritdoc cref="LogRemoval.RemoveArchivedAsync"/>
    public Task<(int Removed, string Stays)> RemoveArchivedAsync(string archive, TimeSpan keepLocal, CancellationToken cancellationToken) =>
        _removal.RemoveArchivedAsync(archive, keepLocal, cancellationToken);

    /// <summary>Signs the head at once instead of within a second; false where something stood in the way.</summary>
    internal bool TrySign() => _checkpoints.TrySign();

    /// <summary>Writes, syncs and signs what waits, and lets the log go.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _closed, 1) == 0)
        {
            await _appender.DisposeAsync();
            _ends.Dispose();
            _removal.Dispose();
            _folder.Dispose();
        }
    }

    private T Marking<T>(Func<T> mark)
    {
        lock (_marking)
        {
            if (_closed != 0)
            {
                throw JournalUnavailableException.Closed(); // The folder may be another process' by now.
            }

            try
            {
                return mark();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw JournalUnavailableException.Because(e);
            }
        }
    }

    private ValueTask<RecordReceipt> AppendOwn(IJournalRecord record, Durability durability, AppendWait wait)
    {
        var body = RecordBody.Write(record);
        Debug.Assert(CanonicalJson.IsCanonical(body), "A record wrote a body that isn't canonical: the log would not verify.");
        return AppendChecked(record.Type, body, durability, wait);
    }

    private ValueTask<RecordReceipt> AppendChecked(RecordType type, ReadOnlySpan<byte> body, Durability durability, AppendWait wait)
    {
        if (body.Length > MaxBodyLength || type == RecordType.Unspecified)
        {
            throw new ArgumentException(
                $"A record needs a type and at most {MaxBodyLength} bytes of body; this has {body.Length}.",
                nameof(body)
            );
        }

        return _appender.AppendAsync(type, body, _alwaysSynced || durability != Durability.Written, wait);
    }
}
