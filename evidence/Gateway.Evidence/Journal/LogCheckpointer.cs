using Gateway.Evidence.Checkpoints;
using Gateway.Evidence.Retention;
using Gateway.Evidence.Tiles;

namespace Gateway.Evidence.Journal;

/// <summary>
/// Signs the head of what is on the disk, a second after the first record that isn't under a signature. On a thread of its own, which reads
/// back what it signs, in between too where there is much of it. While it can't, the log takes nothing more: what can't be proven mustn't
/// happen.
/// </summary>
internal sealed class LogCheckpointer
{
    /// <value>Records that are read back before a signature is due: a second's worth at once would keep a core for long, and as many of the
    /// writer's leaves in memory.</value>
    private const long Every = 1000;

    /// <value>Between two signatures. Each flushes the disk, and appends wait meanwhile.</value>
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ResumeEvery = TimeSpan.FromSeconds(10);

    private readonly LogFolder _folder;
    private readonly LogWriter _writer;
    private readonly LogKeys _keys;
    private readonly TimeProvider _time;
    private readonly string _origin;
    private readonly AutoResetEvent _wake = new(false);
    private readonly Lock _signing = new();
    private readonly Thread _thread;
    private LogFollower? _follower;
    private LogResume? _resume;
    private Checkpoint? _before;
    private long _resumed;
    private long _signed;
    private long _read;
    private long _begun;
    private string? _sealedBefore;
    private bool _failed;
    private volatile bool _idle;
    private volatile bool _due;
    private volatile bool _stopping;

    /// <param name="last">The log's last checkpoint; null for none yet.</param>
    /// <param name="resume">Where to begin; null for the log's beginning.</param>
    public LogCheckpointer(LogFolder folder, LogWriter writer, LogKeys keys, Checkpoint? last, LogResume? resume, TimeProvider time)
    {
        (_folder, _writer, _keys, _before, _resume, _time) = (folder, writer, keys, last, resume, time);
        _origin = LogOrigin.Of(folder.Description.Log);
        (_signed, _read, _resumed) = (last?.Size ?? 0, last?.Size ?? 0, time.GetTimestamp());
        _thread = new Thread(Run, maxStackSize: 512 * 1024) { IsBackground = true, Name = "journal checkpoint" };
        _thread.Start();
    }

    /// <summary>Says how many records the log has. Cheap enough for every append.</summary>
    public void Note(long records)
    {
        Interlocked.MemoryBarrier(); // Either this sees that the thread sleeps, or the thread sees the record before it does.
        if (_idle || (!_due && records - Volatile.Read(ref _read) >= Every))
        {
            _idle = false;
            _due = records - Volatile.Read(ref _read) >= Every;
            _wake.Set();
        }
    }

    /// <summary>Signs a last time, where there is something to sign, and ends the thread.</summary>
    public void Stop()
    {
        _stopping = true;
        _wake.Set();
        _thread.Join();
        TrySign();
    }

    /// <summary>Signs at once; false where something stood in the way. The appends say what.</summary>
    public bool TrySign() => Try(sign: true);

    private bool Try(bool sign)
    {
        lock (_signing)
        {
            try
            {
                return sign ? Sign() : Follow(_writer.Segment) is not null;
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
        if (_idle && _before is null && _writer.Records == Volatile.Read(ref _signed) && !_stopping)
        {
            _wake.WaitOne();
            _begun = _time.GetTimestamp();
        }

        _idle = false;
        var rest = Period - _time.GetElapsedTime(_begun);
        var isMuch = !_failed && _writer.Records - Volatile.Read(ref _read) >= Every;
        var isOver = rest <= TimeSpan.Zero || (!_stopping && !isMuch && !_wake.WaitOne(rest));
        if (isOver)
        {
            _begun = _time.GetTimestamp();
        }

        return isOver;
    }

    private bool Sign()
    {
        var segment = _writer.Segment;
        var end = segment.Position;
        if (!TryFlush(segment))
        {
            return false;
        }

        segment.Look(end);
        var follower = Follow(segment, end);
        if (follower.Records > _signed)
        {
            Put(follower);
        }
        else if (_before is { } before)
        {
            Restore(follower, before);
        }

        _before = null;
        SealAndRemember(follower);
        _writer.Resume();
        return true;
    }

    private LogFollower Follow(Segment segment) => Follow(segment, segment.Position);

    private LogFollower Follow(Segment segment, long end)
    {
        var follower = _follower ??= new LogFollower(_folder, _resume, _writer.Written);
        if (follower.To(segment.Path, end) is { } problem)
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
            _writer.Distrust();
            return false;
        }
    }

    private void Put(LogFollower follower)
    {
        follower.Tiles.WritePartials();
        var note = new Checkpoint(_origin, follower.Records, follower.Root).Sign(_keys.Current);
        TileFile.Write(Path.Combine(_folder.Path, Checkpoint.FileName), note, synced: true);
        Volatile.Write(ref _signed, follower.Records);
        follower.Tiles.RemoveOutdated();
    }

    /// <summary>
    /// The partial tiles of the head that the last process signed: they aren't synced, so that a loss of power may have taken them, and it
    /// may be long until the next record.
    /// </summary>
    private static void Restore(LogFollower follower, Checkpoint before)
    {
        if (follower.Root != before.Root)
        {
            throw new IOException($"The {before.Size} records are no longer those that were signed.");
        }

        follower.Tiles.WritePartials();
        follower.Tiles.RemoveOutdated();
    }

    private void SealAndRemember(LogFollower follower)
    {
        if (follower.Segment is { } current && current != _sealedBefore)
        {
            SegmentSealer.SealBefore(_folder.Path, _folder.Description.Log, current, _keys, _time);
            _sealedBefore = current;
        }

        if (_time.GetElapsedTime(_resumed) > ResumeEvery)
        {
            follower.WantResume();
            _resumed = _time.GetTimestamp();
        }

        if (follower.TakeResume() is { } resume)
        {
            // The tiles before it are never written again: they must be on the disk first. Of too many open decisions there is no mark that
            // a start would take: it reads on from the one before.
            var note = ResumeNote.Write(resume, _origin, _keys.Current);
            if (note.Length <= SignedNote.MaxLength)
            {
                FileSystemSync.Flush(_folder.Path);
                TileFile.Write(Path.Combine(_folder.Path, ResumeNote.FileName), note, synced: true);
                _resume = resume;
            }
        }
    }
}
