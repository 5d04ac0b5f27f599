using System.Buffers;
using System.Collections.Concurrent;
using System.Threading.Tasks.Sources;
using Gateway.Evidence.Records;

namespace Gateway.Evidence.Log;

/// <summary>
/// One append that waits: for its turn, and then for the disk if it must. Settled once, by the journal or in its caller's name, whichever
/// is first. It goes back to the pool only when the journal settled it: otherwise the journal still holds it, and would settle the next
/// append that has it, with a record of another's.
/// </summary>
internal sealed class PendingAppend : IValueTaskSource<RecordReceipt>
{
    private const int Kept = 1024;
    private static readonly ConcurrentQueue<PendingAppend> Pool = new();

    /// <value>In the pool, or nearly: the queue's own count walks over it and locks.</value>
    private static int _pooled;

    private ManualResetValueTaskSourceCore<RecordReceipt> _core = new() { RunContinuationsAsynchronously = true };
    private CancellationTokenRegistration _cancellation;
    private CancellationTokenSource? _timer;
    private TimeProvider? _clock;
    private byte[] _body = [];
    private int _settled;
    private bool _isHeld;

    private PendingAppend() { }

    public RecordType Type { get; private set; }

    public int Length { get; private set; }

    public bool Synced { get; private set; }

    /// <summary>Set when the record is written.</summary>
    public RecordReceipt Receipt { get; set; }

    /// <summary>The file that it was written to; set with the receipt.</summary>
    public Segment? Segment { get; set; }

    public ReadOnlySpan<byte> Body => _body.AsSpan(0, Length);

    public ValueTask<RecordReceipt> Task => new(this, _core.Version);

    /// <summary>Whether its caller gave it up.</summary>
    public bool IsSettled => Volatile.Read(ref _settled) != 0;

    /// <summary>Takes one from the pool, with a copy of the body.</summary>
    public static PendingAppend Rent(RecordType type, ReadOnlySpan<byte> body, bool synced, AppendWait wait)
    {
        var pending = Take();
        (pending.Type, pending.Length, pending.Synced) = (type, body.Length, synced);
        if (body.Length > 0)
        {
            pending._body = ArrayPool<byte>.Shared.Rent(body.Length);
            body.CopyTo(pending._body);
        }

        pending._cancellation = wait.Begin(ref pending._timer, ref pending._clock)
            .UnsafeRegister(static (state, token) => ((PendingAppend)state!).GiveUp(new OperationCanceledException(token)), pending);
        return pending;
    }

    /// <summary>Gives the copy of the body back; by the journal only.</summary>
    public void DropBody()
    {
        if (_body.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_body);
            _body = [];
        }
    }

    public void Complete()
    {
        if (TrySettle())
        {
            _core.SetResult(Receipt);
        }
    }

    /// <summary>Refuses it; by the journal only, when nothing of the journal has it any more.</summary>
    public void Fail(JournalUnavailableException error)
    {
        if (TrySettle())
        {
            _core.SetException(error);
        }
    }

    /// <summary>Ends the wait in the caller's name, as a cancellation does: the journal has it, and may write it all the same.</summary>
    public void GiveUp(Exception error)
    {
        if (TrySettle())
        {
            _isHeld = true;
            _core.SetException(error);
        }
    }

    public RecordReceipt GetResult(short token)
    {
        // Before anything is given back: a task that is asked twice, or too early, is a bug of the caller's and must not end another's
        // wait.
        if (_core.GetStatus(token) == ValueTaskSourceStatus.Pending)
        {
            throw new InvalidOperationException("The append hasn't ended yet: await it.");
        }

        // Waits for a cancellation that is running, so that none can strike the next user of this object.
        _cancellation.Dispose();
        if (_timer is { } timer && !timer.TryReset())
        {
            timer.Dispose();
            _timer = null;
        }

        try
        {
            return _core.GetResult(token);
        }
        finally
        {
            if (!_isHeld)
            {
                Return();
            }
        }
    }

    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    private bool TrySettle() => Interlocked.Exchange(ref _settled, 1) == 0;

    private static PendingAppend Take()
    {
        if (!Pool.TryDequeue(out var pooled))
        {
            return new PendingAppend();
        }

        Interlocked.Decrement(ref _pooled);
        return pooled;
    }

    private void Return()
    {
        _core.Reset();
        (Receipt, Segment, _cancellation, _settled) = (default, null, default, 0);
        if (Volatile.Read(ref _pooled) < Kept)
        {
            Interlocked.Increment(ref _pooled);
            Pool.Enqueue(this);
        }
    }
}
