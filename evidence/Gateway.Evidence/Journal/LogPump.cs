using Gateway.Evidence.Records;

namespace Gateway.Evidence.Journal;

/// <summary>
/// Brings appends to the writer, one owner at a time. An append that finds the log idle writes at once, on its own thread, which saves two
/// switches, and takes along what came to wait meanwhile; the rest waits in a bounded queue for the writing thread, which takes it in
/// batches and is woken only where no owner will look at the queue. No user code runs on it.
/// </summary>
internal sealed class LogPump : IAsyncDisposable
{
    private const int BatchRecords = 1024;
    private const int BatchBytes = 1 << 20;

    /// <summary>How often, and how many at once: few enough that a caller's thread isn't kept for others' sake.</summary>
    private const int AlongRounds = 4;
    private const int Along = 8;

    /// <summary>
    /// A write to the page cache takes microseconds. One that takes this long shows a disk that can't keep up, and callers' threads stay
    /// out of it for some times as long, so that their deadlines count. No longer: it may have been a thread that got no processor, and to
    /// go by the queue costs two switches for each append.
    /// </summary>
    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(100);
    private const int PauseTimes = 4;

    private readonly LogWriter _writer;
    private readonly TimeProvider _time;
    private readonly AppendQueue _queue;
    private readonly List<PendingAppend> _batch = new(BatchRecords);
    private readonly AutoResetEvent _written = new(false);
    private readonly Thread _writing;
    private readonly LogSync _sync;
    private readonly LogCheckpointer _checkpoints;
    private long _inlineAfter;
    private int _owned;
    private volatile bool _closing;

    public LogPump(LogWriter writer, LogCheckpointer checkpoints, JournalOptions options, TimeProvider time)
    {
        (_writer, _checkpoints, _queue, _time) = (writer, checkpoints, new AppendQueue(options), time);
        _inlineAfter = time.GetTimestamp();
        _sync = new LogSync(writer);
        _writing = new Thread(Write, maxStackSize: 256 * 1024) { IsBackground = true, Name = "journal write" };
        _writing.Start();
    }

    /// <value>Records that wait to be written.</value>
    public int Backlog => _queue.Count;

    public ValueTask<RecordReceipt> AppendAsync(RecordType type, ReadOnlySpan<byte> body, bool synced, AppendWait wait)
    {
        if (_closing)
        {
            return Refuse(JournalUnavailableException.Closed());
        }

        return TryAppendNow(type, body, synced, wait, out var appended) ? appended : Enqueue(type, body, synced, wait);
    }

    /// <summary>Writes and syncs what waits, and stops. What comes later is refused.</summary>
    public async ValueTask DisposeAsync()
    {
        _closing = true;
        _written.Set();
        await Task.Run(Stop);
    }

    private static ValueTask<RecordReceipt> Refuse(JournalUnavailableException error) => ValueTask.FromException<RecordReceipt>(error);

    /// <summary>Writes at once where nobody else is writing or waiting and it takes one write only.</summary>
    private bool TryAppendNow(RecordType type, ReadOnlySpan<byte> body, bool synced, AppendWait wait, out ValueTask<RecordReceipt> appended)
    {
        appended = default;
        var started = _time.GetTimestamp();
        if (!_queue.IsEmpty || started < Volatile.Read(ref _inlineAfter) || !TryOwn())
        {
            return false;
        }

        try
        {
            if (_writer.IsSlow)
            {
                return false;
            }

            appended = AppendOwned(type, body, synced, wait);
            for (var round = 0; round < AlongRounds && !_queue.IsEmpty && !_writer.IsSlow; round++)
            {
                WriteBatch(Along); // Cheaper than waking the writing thread for them.
            }

            return true;
        }
        finally
        {
            NoteTime(started);
            Disown();
        }
    }

    private ValueTask<RecordReceipt> AppendOwned(RecordType type, ReadOnlySpan<byte> body, bool synced, AppendWait wait)
    {
        try
        {
            _writer.Begin();
            var receipt = _writer.Add(type, body);
            _writer.Commit();
            _checkpoints.Note(_writer.Records);
            return synced ? AwaitSync(type, receipt, wait) : new ValueTask<RecordReceipt>(receipt);
        }
        catch (Exception e)
        {
            // The outer wall of writing: whatever went wrong, the record doesn't count and the log is mended before the next.
            _writer.Abandon();
            return Refuse(JournalUnavailableException.Because(e));
        }
    }

    private ValueTask<RecordReceipt> AwaitSync(RecordType type, RecordReceipt receipt, AppendWait wait)
    {
        var pending = PendingAppend.Rent(type, default, synced: true, wait);
        (pending.Receipt, pending.Segment) = (receipt, _writer.Segment);
        var task = pending.Task;
        _sync.Add(pending);
        return task;
    }

    private ValueTask<RecordReceipt> Enqueue(RecordType type, ReadOnlySpan<byte> body, bool synced, AppendWait wait)
    {
        if (!_queue.TryAdd(type, body, synced, wait, out var pending, out var full))
        {
            return Refuse(new JournalUnavailableException(full));
        }

        Interlocked.MemoryBarrier(); // Either this sees that nobody owns the log, or the owner sees the append when it lets go of it.
        if (Volatile.Read(ref _owned) == 0)
        {
            _written.Set();
        }

        if (_closing)
        {
            // The writing thread may have looked for the last time already. Or it is writing it at this moment.
            pending.GiveUp(JournalUnavailableException.Closed());
        }

        return pending.Task; // It is the same until it is awaited.
    }

    private bool TryOwn() => Interlocked.CompareExchange(ref _owned, 1, 0) == 0;

    private void Disown()
    {
        Interlocked.Exchange(ref _owned, 0);
        if (!_queue.IsEmpty || _closing)
        {
            // Who queues while the log is owned wakes nobody. At the end nobody else would wake the thread, even where its queue was taken
            // along.
            _written.Set();
        }
    }

    private void NoteTime(long started)
    {
        var ended = _time.GetTimestamp();
        var took = _time.GetElapsedTime(started, ended);
        if (took > Slow)
        {
            var pause = Math.Min((PauseTimes * took).TotalSeconds, LongestPause.TotalSeconds);
            Volatile.Write(ref _inlineAfter, ended + (long)(pause * _time.TimestampFrequency));
        }
    }

    private void Write()
    {
        while (!_queue.IsEmpty || !_closing)
        {
            if (_queue.IsEmpty || !TryOwn())
            {
                _written.WaitOne();
                continue;
            }

            try
            {
                WriteBatch(BatchRecords);
            }
            finally
            {
                Interlocked.Exchange(ref _owned, 0); // And then looks at the queue again, as each owner must.
            }
        }
    }

    private void WriteBatch(int most)
    {
        TakeBatch(most);
        if (_batch.Count == 0)
        {
            return;
        }

        try
        {
            _writer.Begin();
            foreach (var pending in _batch)
            {
                pending.Receipt = _writer.Add(pending.Type, pending.Body);
                pending.Segment = _writer.Segment;
            }

            _writer.Commit();
            _checkpoints.Note(_writer.Records);
        }
        catch (Exception e)
        {
            // The outer wall of the thread: whatever went wrong, nothing of the batch counts and the log is mended before the next.
            _writer.Abandon();
            Settle(e);
            return;
        }

        Settle(null);
    }

    private void TakeBatch(int most)
    {
        _batch.Clear();
        var bytes = 0;
        while (_batch.Count < most && bytes < BatchBytes && _queue.TryTake(out var pending))
        {
            bytes += pending.Length;
            _batch.Add(pending);
        }
    }

    private void Settle(Exception? error)
    {
        foreach (var pending in _batch)
        {
            pending.DropBody();
            if (error is not null)
            {
                pending.Fail(JournalUnavailableException.Because(error));
            }
            else if (pending.Synced)
            {
                _sync.Add(pending);
            }
            else
            {
                pending.Complete();
            }
        }
    }

    private void Stop()
    {
        _writing.Join();
        _sync.Stop();

        // Taken for good: an append that is on its way finds the log owned, waits in the queue, and is refused there.
        var spin = default(SpinWait);
        while (!TryOwn())
        {
            spin.SpinOnce();
        }

        while (_queue.TryTake(out var late))
        {
            late.Fail(JournalUnavailableException.Closed());
        }

        _sync.Finish();
        _checkpoints.Stop();
        _writer.Dispose();
    }
}
