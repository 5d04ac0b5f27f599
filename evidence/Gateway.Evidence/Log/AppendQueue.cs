using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Gateway.Evidence.Records;

namespace Gateway.Evidence.Log;

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
                $"Too many records wait for the disk: {count - 1} of {options.QueueRecords}, "
                + $"{bytes - body.Length} bytes of {options.QueueBytes}.";
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

/// <summary>
/// How long an append may wait. It costs nothing where the append doesn't wait, which is nearly always: the timer is made by whoever begins
/// to.
/// </summary>
internal readonly struct AppendWait
{
    private readonly CancellationToken _token;
    private readonly TimeSpan _longest;
    private readonly TimeProvider? _time;

    /// <summary>Until a token ends it.</summary>
    public AppendWait(CancellationToken token) => _token = token;

    /// <summary>For a time.</summary>
    public AppendWait(TimeSpan longest, TimeProvider time) => (_longest, _time) = (longest, time);

    /// <summary>Begins to wait; gives what ends the wait.</summary>
    /// <param name="timer">One from another wait that is over, or null; used again where it goes by the same clock. To be reset or
    /// disposed of at the end.</param>
    /// <param name="clock">The timer's.</param>
    public CancellationToken Begin(ref CancellationTokenSource? timer, ref TimeProvider? clock)
    {
        if (_time is null)
        {
            return _token;
        }

        if (timer is not null && clock == _time)
        {
            timer.CancelAfter(_longest);
        }
        else
        {
            timer?.Dispose();
            (timer, clock) = (new CancellationTokenSource(_longest, _time), _time);
        }

        return timer.Token;
    }
}

/// <summary>
/// How long callers' threads stay out of writing because the disk can't keep up. A write to the page cache takes microseconds; behind one
/// that takes far longer they stay out for some times as long, so that their deadlines count. No longer: it may have been a thread that got
/// no processor, and to go by the queue costs two switches for each append. Thread-safe.
/// </summary>
internal sealed class SlowDiskPause(TimeProvider time)
{
    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(100);
    private const int Times = 4;

    private long _end = time.GetTimestamp();

    public bool IsOver(long now) => now >= Volatile.Read(ref _end);

    /// <summary>Begins a pause where the write that has just ended was slow.</summary>
    public void Note(long started)
    {
        var ended = time.GetTimestamp();
        var took = time.GetElapsedTime(started, ended);
        if (took > Slow)
        {
            var pause = Math.Min((Times * took).TotalSeconds, Longest.TotalSeconds);
            Volatile.Write(ref _end, ended + (long)(pause * time.TimestampFrequency));
        }
    }
}
