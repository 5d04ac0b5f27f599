using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Gateway.Evidence.Records;

namespace Gateway.Evidence.Journal;

/// <summary>The appends that wait to be written, bounded in number and bytes. Any thread adds, whoever owns the log takes.</summary>
internal sealed class AppendQueue(JournalOptions options)
{
    private readonly ConcurrentQueue<PendingAppend> _queue = new();
    private long _bytes;
    private int _count;

    /// <value>Records; those that are about to be added are in it.</value>
    public int Count => Volatile.Read(ref _count);

    /// <summary>
    /// Not by the count, which rises a moment before: a loop on the count would burn a core until the append's thread runs again.
    /// </summary>
    public bool IsEmpty => _queue.IsEmpty;

    /// <summary>Takes one in, with a copy of its body; false where too many wait already.</summary>
    /// <param name="full">How many; empty where it was taken in.</param>
    public bool TryAdd(
        RecordType type,
        ReadOnlySpan<byte> body,
        bool synced,
        AppendWait wait,
        [NotNullWhen(true)] out PendingAppend? pending,
        out string full
    )
    {
        (pending, full) = (null, "");
        var count = Interlocked.Increment(ref _count);
        var bytes = Interlocked.Add(ref _bytes, body.Length);
        if (count > options.QueueRecords || bytes > options.QueueBytes)
        {
            Forget(body.Length);
            full =
                $"Too many records wait for the disk: {count - 1} of {options.QueueRecords}, {bytes - body.Length} bytes of {options.QueueBytes}.";
            return false;
        }

        pending = PendingAppend.Rent(type, body, synced, wait);
        _queue.Enqueue(pending);
        return true;
    }

    /// <summary>Takes the next out whose caller still waits for it. What a caller has given up doesn't happen either.</summary>
    public bool TryTake([NotNullWhen(true)] out PendingAppend? pending)
    {
        while (_queue.TryDequeue(out pending))
        {
            Forget(pending.Length);
            if (!pending.IsSettled)
            {
                return true;
            }

            pending.DropBody();
        }

        return false;
    }

    private void Forget(int bytes)
    {
        Interlocked.Add(ref _bytes, -bytes);
        Interlocked.Decrement(ref _count);
    }
}
