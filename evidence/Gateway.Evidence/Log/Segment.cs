using Gateway.Evidence.Log.Files;
using Microsoft.Win32.SafeHandles;

namespace Gateway.Evidence.Log;

/// <summary>
/// The file that a log is writing. One thread at a time writes; another may flush meanwhile. What is written but not flushed is remembered,
/// because after a failed fsync the system may have dropped it (its pages count as clean then), and it must be written again.
/// </summary>
internal sealed class Segment(string path, SafeFileHandle file, Disk disk, TimeProvider time, long position, long lastFrame) : IDisposable
{
    /// <value>How long a file may be gone from its name before an append sees it that needn't wait for the disk: 10 ms. Looking at each
    /// append costs as much as writing one. What is written meanwhile goes the way of all that the file holds.</value>
    public static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(10);

    private readonly Lock _flushing = new();
    private readonly FileInfo _entry = new(path);
    private SafeFileHandle _file = file;
    private long _position = position;
    private long _synced = position;
    private long _looked = time.GetTimestamp();
    private bool _closed;
    private bool _lost;

    public string Path { get; } = path;

    /// <summary>Where the last acknowledged record ends.</summary>
    public long Position => Volatile.Read(ref _position);

    /// <summary>Where the last acknowledged record begins; 0 for none.</summary>
    public long LastFrame { get; private set; } = lastFrame;

    /// <summary>Creates a segment with its header, on the disk. An unfinished one of the same name is replaced.</summary>
    public static Segment Create(string folder, long firstIndex, ReadOnlySpan<byte> header, Disk disk, TimeProvider time)
    {
        var path = System.IO.Path.Combine(folder, SegmentName.Of(firstIndex));
        var file = File.OpenHandle(path, FileMode.Create, FileAccess.ReadWrite, FileShare.ReadWrite);
        try
        {
            disk.Write(file, header, 0);
            disk.Flush(file);
            DirectorySync.Flush(folder);
            return new Segment(path, file, disk, time, header.Length, 0);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Opens a segment to go on behind its last intact record, and cuts what follows.</summary>
    public static Segment Open(string path, long position, long lastFrame, Disk disk, TimeProvider time)
    {
        var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        try
        {
            SegmentRepair.Cut(file, position);

            // It was read from the page cache and may never have been on the disk: nobody has waited for it since.
            disk.Flush(file);
            return new Segment(path, file, disk, time, position, lastFrame);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Writes whole frames behind the last. They count only when this returns.</summary>
    /// <exception cref="IOException">They weren't written, or the file isn't where it should be: what is written now would be
    /// lost.</exception>
    public void Append(ReadOnlySpan<byte> frames, int lastFrame)
    {
        var end = _position + frames.Length;
        disk.Write(_file, frames, _position);
        Look(end);
        LastFrame = _position + lastFrame;
        Volatile.Write(ref _position, end);
    }

    /// <summary>Looks for the file under its name, while an append may be under way.</summary>
    /// <param name="least">Bytes that it must have.</param>
    /// <exception cref="IOException">It isn't there, or is another.</exception>
    public void DemandInPlace(long least) => Check(new FileInfo(Path), least, long.MaxValue);

    /// <summary>Puts everything that was written before the call on the disk. A closed segment already is.</summary>
    public void Flush()
    {
        lock (_flushing)
        {
            var position = Position;
            if (_closed || _synced >= position)
            {
                return;
            }

            if (_lost)
            {
                throw new IOException($"The segment '{Path}' couldn't be synced and isn't mended yet.");
            }

            // The system reports a failed write-back once: a second fsync would succeed although the bytes are gone. So it is noted first.
            _lost = true;
            disk.Flush(_file);
            _lost = false;
            _synced = position;
        }
    }

    /// <summary>
    /// After an error: finds the file again, makes sure that it still ends in what was acknowledged, cuts what wasn't, and writes again
    /// what was never synced.
    /// </summary>
    /// <param name="leaf">The leaf hash of the last record.</param>
    public void Mend(ReadOnlySpan<byte> leaf)
    {
        lock (_flushing)
        {
            var found = SegmentRepair.Reopen(this, leaf, _synced, disk);
            _file.Dispose();
            (_file, _synced, _lost) = (found, _position, false);
        }
    }

    /// <summary>Cuts what an append that failed may have left; that it fails too is no news.</summary>
    public void TryCut()
    {
        try
        {
            SegmentRepair.Cut(_file, _position);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Mending cuts it before anything else is written.
        }
    }

    public void Dispose()
    {
        lock (_flushing)
        {
            _closed = true;
            _file.Dispose();
        }
    }

    private void Look(long end)
    {
        var now = time.GetTimestamp();
        if (time.GetElapsedTime(_looked, now) >= LookEvery)
        {
            _entry.Refresh();
            Check(_entry, end, end);
            _looked = now;
        }
    }

    /// <summary>A file that was deleted, replaced or moved takes writes for as long as it is open. A look at its name shows it.</summary>
    private void Check(FileInfo entry, long least, long most)
    {
        if (!entry.Exists || entry.Length < least || entry.Length > most)
        {
            throw new IOException($"The segment '{Path}' isn't the file that is being written any more.");
        }
    }
}

/// <summary>The two calls that a failing disk fails. Tests put ones in their place that fail as a full or broken disk does.</summary>
internal sealed class Disk
{
    public delegate void WriteCall(SafeFileHandle file, ReadOnlySpan<byte> bytes, long offset);

    /// <summary>The real one.</summary>
    public static Disk Real { get; } = new();

    public WriteCall Write { get; init; } = RandomAccess.Write;

    public Action<SafeFileHandle> Flush { get; init; } = FileSync.Flush;
}
