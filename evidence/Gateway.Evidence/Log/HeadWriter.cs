using Gateway.Evidence.Log.Checkpoints;
using Gateway.Evidence.Log.Files;
using Gateway.Evidence.Log.Retention;
using Gateway.Evidence.Signing;

namespace Gateway.Evidence.Log;

/// <summary>
/// Writes what is signed of a log that has been read back: its head with the partial tiles, the seals of full segments, the place where a
/// start can read on. Not thread-safe.
/// </summary>
internal sealed class HeadWriter
{
    private static readonly TimeSpan ResumeEvery = TimeSpan.FromSeconds(10);

    private readonly LogFolder _folder;
    private readonly LogKeys _keys;
    private readonly TimeProvider _time;
    private readonly string _origin;
    private Checkpoint? _before;
    private long _signed;
    private long _resumed;
    private string? _sealedBefore;

    /// <param name="last">The log's last checkpoint; null for none yet.</param>
    /// <param name="resume">Where a start can read on; null for the log's beginning.</param>
    public HeadWriter(LogFolder folder, LogKeys keys, Checkpoint? last, ResumePoint? resume, TimeProvider time)
    {
        (_folder, _keys, _before, Resume, _time) = (folder, keys, last, resume, time);
        _origin = LogOrigin.Of(folder.Description.Log);
        (_signed, _resumed) = (last?.Size ?? 0, time.GetTimestamp());
    }

    /// <summary>Where reading can begin again; null for the log's beginning.</summary>
    public ResumePoint? Resume { get; private set; }

    /// <summary>Whether so many records are all under the head, and its partial tiles were written by this process. Safe to ask from any
    /// thread.</summary>
    public bool Covers(long records) => _before is null && records == Volatile.Read(ref _signed);

    /// <summary>Signs what was read back, and seals and remembers what is due.</summary>
    /// <exception cref="IOException">A file couldn't be written, or the records aren't those that were signed before.</exception>
    public void Write(LogFollower follower)
    {
        if (follower.Records > _signed)
        {
            Put(follower);
        }
        else if (_before is { } before)
        {
            Restore(follower, before);
        }

        _before = null;
        SealFull(follower);
        Remember(follower);
    }

    /// <summary>Says that the log ends here, once nobody writes any more and all of it is signed.</summary>
    /// <exception cref="IOException">It couldn't be written: the next start takes the log as one whose writer was killed.</exception>
    public void Close(Segment segment)
    {
        SegmentName.TryParse(segment.Path, out var first);
        var note = new ClosingMark(Volatile.Read(ref _signed), first, segment.Position).Sign(_origin, _keys.Current);
        AtomicFile.Write(Path.Combine(_folder.Path, ClosingMark.FileName), note, synced: true);
    }

    private void Put(LogFollower follower)
    {
        follower.Tiles.WritePartials();
        var note = new Checkpoint(_origin, follower.Records, follower.Root).Sign(_keys.Current);
        AtomicFile.Write(Path.Combine(_folder.Path, Checkpoint.FileName), note, synced: true);
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

    private void SealFull(LogFollower follower)
    {
        if (follower.Segment is { } current && current != _sealedBefore)
        {
            SegmentSealer.SealBefore(_folder.Path, _folder.Description.Log, current, _keys, _time);
            _sealedBefore = current;
        }
    }

    private void Remember(LogFollower follower)
    {
        if (_time.GetElapsedTime(_resumed) > ResumeEvery)
        {
            follower.RequestResume();
            _resumed = _time.GetTimestamp();
        }

        if (follower.TakeResume() is not { } resume)
        {
            return;
        }

        // The tiles before it are never written again: they must be on the disk first. Of too many open decisions there is no mark that
        // a start would take: it reads on from the one before.
        var note = resume.Sign(_origin, _keys.Current);
        if (note.Length <= SignedNote.MaxLength)
        {
            DirectorySync.FlushFileSystem(_folder.Path);
            AtomicFile.Write(Path.Combine(_folder.Path, ResumePoint.FileName), note, synced: true);
            Resume = resume;
        }
    }
}
