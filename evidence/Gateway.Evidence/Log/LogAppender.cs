using Gateway.Evidence.Records;

namespace Gateway.Evidence.Log;

/// <summary>
/// Brings appends to the writer, one thread at a time. An append that finds the log idle writes at once, on its own thread, which saves two
/// switches, and writes for others what came to wait meanwhile; the rest waits in a bounded queue for the writing thread, which takes it in
/// batches and is woken only where no thread that has the log will look at the queue. No user code runs on it.
/// </summary>
internal sealed class LogAppender : IAsyncDisposable
{
    /// <value>Batches that an append which wrote at once writes for others, and records in each: few enough that a caller's thread isn't
    /// kept for others' sake.</value>
    private const int InlineBatches = 4;
    private const int InlineRecords = 8;

    private readonly LogWriter _writer;
    private readonly TimeProvider _time;
    private readonly AppendQueue _queue;
    private readonly LogBatch _batch;
    private readonly AutoResetEvent _written = new(false);
    private readonly Thread _writing;
    private readonly LogSync _sync;
    private readonly LogCheckpointer _checkpoints;
    private readonly SlowDiskPause _pause;
    private int _acquired;
    private volatile bool _closing;

    public LogAppender(LogWriter writer, LogCheckpointer checkpoints, JournalOptions options, TimeProvider time)
    {
        (_writer, _checkpoints, _queue, _time) = (writer, checkpoints, new AppendQueue(options), time);
        _pause = new SlowDiskPause(time);
        _sync = new LogSync(writer);
        _batch = new LogBatch(writer, checkpoints, _queue, _sync);
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
        if (!_queue.IsEmpty || !_pause.IsOver(started) || !TryAcquire())
        {
            return false;
        }

        try
        {
            if (_writer.IsSlow)
            {
                return false;
            }

            appended = WriteNow(type, body, synced, wait);
            for (var round = 0; round < InlineBatches && !_queue.IsEmpty && !_writer.IsSlow; round++)
            {
                _batch.Write(InlineRecords); // Cheaper than waking the writing thread for them.
            }

            return true;
        }
        finally
        {
            _pause.Note(started);
            Release();
        }
    }

    private ValueTask<RecordReceipt> WriteNow(RecordType type, ReadOnlySpan<byte> body, bool synced, AppendWait wait)
    {
        try
        {
            _writer.Begin();
            var receipt = _writer.Add(type, body);
            _writer.Commit();
            _checkpoints.Note(_writer.Records);
            return synced ? AppendToSync(type, receipt, wait) : new ValueTask<RecordReceipt>(receipt);
        }
        catch (Exception e)
        {
            // The outer wall of writing: whatever went wrong, the record doesn't count and the log is mended before the next.
            _writer.Abandon();
            return Refuse(JournalUnavailableException.Because(e));
        }
    }

    private ValueTask<RecordReceipt> AppendToSync(RecordType type, RecordReceipt receipt, AppendWait wait)
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
        if (Volatile.Read(ref _acquired) == 0)
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

    private bool TryAcquire() => Interlocked.CompareExchange(ref _acquired, 1, 0) == 0;

    private void Release()
    {
        Interlocked.Exchange(ref _acquired, 0);
        if (!_queue.IsEmpty || _closing)
        {
            // Who queues while the log is owned wakes nobody. At the end nobody else would wake the thread, even where its queue was taken
            // along.
            _written.Set();
        }
    }

    private void Write()
    {
        while (!_queue.IsEmpty || !_closing)
        {
            if (_queue.IsEmpty || !TryAcquire())
            {
                _written.WaitOne();
                continue;
            }

            try
            {
                _batch.Write(LogBatch.MaxRecords);
            }
            finally
            {
                Interlocked.Exchange(ref _acquired, 0); // And then looks at the queue again, as each owner must.
            }
        }
    }

    private void Stop()
    {
        _writing.Join();
        _sync.Stop();

        // Taken for good: an append that is on its way finds the log owned, waits in the queue, and is refused there.
        var spin = default(SpinWait);
        while (!TryAcquire())
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
