using Gateway.Evidence.Log.Checkpoints;
using Gateway.Evidence.Log.Files;
using Gateway.Evidence.Signing;

namespace Gateway.Evidence.Log;

/// <summary>
/// Signs the head of what is on the disk, a second after the first record that isn't under a signature. On a thread of its own, which reads
/// back what it signs, in between too where there is much of it. While it can't, the log takes nothing more: what can't be proven mustn't
/// happen.
/// </summary>
internal sealed class LogCheckpointer
{
    /// <value>Records that are read back before a signature is due: a second's worth at once would keep a core for long, and as many of the
    /// writer's leaves in memory.</value>
    private const long ReadEvery = 1000;

    /// <value>Between two signatures. Each flushes the disk, and appends wait meanwhile.</value>
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly LogFolder _folder;
    private readonly LogWriter _writer;
    private readonly HeadWriter _head;
    private readonly Checkpoint? _last;
    private readonly RecordTags _tags;
    private readonly TimeProvider _time;
    private readonly AutoResetEvent _wake = new(false);
    private readonly Lock _signing = new();
    private readonly Thread _thread;
    private LogFollower? _follower;
    private long _read;
    private long _begun;
    private long _unsignedSince; // 0 where all is signed.
    private bool _failed;
    private volatile bool _idle;
    private volatile bool _due;
    private volatile bool _stopping;

    /// <param name="last">The log's last checkpoint; null for none yet.</param>
    /// <param name="resume">Where to begin; null for the log's beginning.</param>
    public LogCheckpointer(LogFolder folder, LogWriter writer, LogKeys keys, Checkpoint? last, ResumePoint? resume, TimeProvider time)
    {
        (_folder, _writer, _time, _read) = (folder, writer, time, last?.Size ?? 0);
        _head = new HeadWriter(folder, keys, last, resume, time);
        (_last, _tags) = (last, keys.TagsOf(LogOrigin.Of(folder.Description.Log)));
        _thread = new Thread(Run, maxStackSize: 512 * 1024) { IsBackground = true, Name = "journal checkpoint" };
        _thread.Start();
    }

    /// <summary>Since when the oldest record isn't under a signature; zero where all are. Safe to ask from any thread.</summary>
    public TimeSpan UnsignedFor =>
        Interlocked.Read(ref _unsignedSince) is not 0 and var since && !_head.Covers(_writer.Records)
            ? _time.GetElapsedTime(since)
            : TimeSpan.Zero;

    /// <summary>Says how many records the log has. Cheap enough for every append.</summary>
    public void Note(long records)
    {
        Interlocked.MemoryBarrier(); // Either this sees that the thread sleeps, or the thread sees the record before it does.
        if (_idle || (!_due && records - Volatile.Read(ref _read) >= ReadEvery))
        {
            _idle = false;
            _due = records - Volatile.Read(ref _read) >= ReadEvery;
            _wake.Set();
        }
    }

    /// <summary>Signs a last time, where there is something to sign, says that this is the log's end, and ends the thread.</summary>
    public void Stop()
    {
        _stopping = true;
        _wake.Set();
        _thread.Join();
        if (TrySign() && _head.Covers(_writer.Records))
        {
            TryClose();
        }
    }

    /// <summary>Signs at once; false where something stood in the way. The appends say what.</summary>
    public bool TrySign() => Try(sign: true);

    private void TryClose()
    {
        try
        {
            _head.Close(_writer.Segment);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // As if it had been killed: the next start proves what there is by the records' tags.
        }
    }

    private bool Try(bool sign)
    {
        lock (_signing)
        {
            try
            {
                var segment = _writer.Segment;
                return sign ? Sign(segment) : ReadBack(segment, segment.Position) is not null;
            }
            catch (Exception e)
            {
                // The outer wall of the thread. Whatever went wrong, nothing was signed that wasn't read back; the next try begins at a
                // place that is good.
                _follower = null;
                _writer.Suspend($"The journal's head can't be signed: {e.Message}");
                return false;
            }
        }
    }

    private void Run()
    {
        while (!_stopping)
        {
            var sign = AwaitPeriod();
            _due = false;
            _failed = !_stopping && !Try(sign);
        }
    }

    /// <summary>Waits until something isn't signed, and then for the end of the period, or until there is much to read back.</summary>
    /// <returns>Whether the period is over.</returns>
    private bool AwaitPeriod()
    {
        _idle = !_failed;
        Interlocked.MemoryBarrier();
        if (_idle && _head.Covers(_writer.Records) && !_stopping)
        {
            _wake.WaitOne();
            _begun = _time.GetTimestamp();
        }

        _idle = false;
        NoteUnsigned();
        var rest = Period - _time.GetElapsedTime(_begun);
        var isMuch = !_failed && _writer.Records - Volatile.Read(ref _read) >= ReadEvery;
        var isOver = rest <= TimeSpan.Zero || (!_stopping && !isMuch && !_wake.WaitOne(rest));
        if (isOver)
        {
            _begun = _time.GetTimestamp();
        }

        return isOver;
    }

    private void NoteUnsigned()
    {
        if (!_head.Covers(_writer.Records))
        {
            Interlocked.CompareExchange(ref _unsignedSince, _time.GetTimestamp(), 0);
        }
    }

    private bool Sign(Segment segment)
    {
        NoteUnsigned();
        var (began, end) = (_time.GetTimestamp(), segment.Position);
        if (!TryFlush(segment))
        {
            return false;
        }

        segment.DemandInPlace(end);
        _head.Write(ReadBack(segment, end));
        Interlocked.Exchange(ref _unsignedSince, _head.Covers(_writer.Records) ? 0 : began); // What isn't came after that.
        _writer.Resume();
        return true;
    }

    private LogFollower ReadBack(Segment segment, long end)
    {
        var follower = _follower ??= new LogFollower(_folder, _head.Resume, _writer.Written, _last, _tags);
        if (follower.ReadTo(segment.Path, end) is { } problem)
        {
            throw new IOException(problem.ToString());
        }

        Volatile.Write(ref _read, follower.Records);
        return follower;
    }

    private bool TryFlush(Segment segment)
    {
        try
        {
            segment.Flush();
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            // As where an append waits for the disk: the log is mended before anything else is taken.
            _writer.MarkDamaged();
            return false;
        }
    }
}
