using System.Collections.Concurrent;

namespace Gateway.Evidence.Log;

/// <summary>
/// Waits for the disk in the name of all appends that must be synced: one fsync for as many as there are by then, on a thread of its own,
/// while writing goes on. No user code runs on it.
/// </summary>
internal sealed class LogSync
{
    private readonly LogWriter _writer;
    private readonly ConcurrentQueue<PendingAppend> _waiting = new();
    private readonly AutoResetEvent _wake = new(false);
    private readonly Thread _thread;
    private volatile bool _stopping;

    public LogSync(LogWriter writer)
    {
        _writer = writer;
        _thread = new Thread(Run, maxStackSize: 256 * 1024) { IsBackground = true, Name = "journal sync" };
        _thread.Start();
    }

    /// <summary>Takes an append whose record is written.</summary>
    public void Add(PendingAppend written)
    {
        _waiting.Enqueue(written);
        _wake.Set();
    }

    /// <summary>Ends the thread when all that wait have been served.</summary>
    public void Stop()
    {
        _stopping = true;
        _wake.Set();
        _thread.Join();
    }

    /// <summary>Syncs what was written last, once nobody writes any more, and refuses what came too late for the thread.</summary>
    public void Finish()
    {
        while (_waiting.TryDequeue(out var late))
        {
            late.Fail(JournalUnavailableException.Closed());
        }

        TryFlush(_writer.Segment);
    }

    private void Run()
    {
        var waiting = new List<PendingAppend>();
        while (!_waiting.IsEmpty || !_stopping)
        {
            if (_waiting.IsEmpty)
            {
                _wake.WaitOne();
                continue;
            }

            waiting.Clear();
            while (_waiting.TryDequeue(out var pending))
            {
                waiting.Add(pending);
            }

            SyncAll(waiting);
        }
    }

    /// <summary>One fsync for all that wait; two where a new segment was begun among them.</summary>
    private void SyncAll(List<PendingAppend> waiting)
    {
        Segment? flushed = null;
        Exception? error = null;
        foreach (var pending in waiting)
        {
            if (pending.Segment != flushed)
            {
                flushed = pending.Segment;
                error = TryFlush(flushed!);
            }

            if (error is null)
            {
                pending.Complete();
            }
            else
            {
                pending.Fail(JournalUnavailableException.Because(error));
            }
        }
    }

    private Exception? TryFlush(Segment segment)
    {
        try
        {
            var end = segment.Position;
            segment.Flush();
            segment.DemandInPlace(end);
            return null;
        }
        catch (Exception e)
        {
            // The outer wall of the thread. The records are in the log but nobody may rely on them.
            _writer.MarkDamaged();
            return e;
        }
    }
}
