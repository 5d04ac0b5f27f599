namespace Gateway.Evidence.Log;

/// <summary>The appends of a queue that are written at once, with one call of the system. One thread at a time.</summary>
internal sealed class LogBatch(LogWriter writer, LogCheckpointer checkpoints, AppendQueue queue, LogSync sync)
{
    /// <value>Records in the largest.</value>
    public const int MaxRecords = 1024;

    private const int MaxBytes = 1 << 20;

    private readonly List<PendingAppend> _batch = new(MaxRecords);

    /// <summary>Takes what waits, and writes and settles it. Called by the thread that has the log.</summary>
    /// <param name="most">Records.</param>
    public void Write(int most)
    {
        Take(most);
        if (_batch.Count == 0)
        {
            return;
        }

        try
        {
            writer.Begin();
            foreach (var pending in _batch)
            {
                pending.Receipt = writer.Add(pending.Type, pending.Body);
                pending.Segment = writer.Segment;
            }

            writer.Commit();
            checkpoints.Note(writer.Records);
        }
        catch (Exception e)
        {
            // The outer wall of the thread: whatever went wrong, nothing of the batch counts and the log is mended before the next.
            writer.Abandon();
            Settle(e);
            return;
        }

        Settle(null);
    }

    private void Take(int most)
    {
        _batch.Clear();
        var bytes = 0;
        while (_batch.Count < most && bytes < MaxBytes && queue.TryTake(out var pending))
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
                sync.Add(pending);
            }
            else
            {
                pending.Complete();
            }
        }
    }
}
