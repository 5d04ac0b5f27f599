using System.Security.Cryptography;
using System.Text;
using Gateway.Evidence.Log.Files;
using Gateway.Evidence.Log.Scanning;
using Gateway.Evidence.Records;
using Gateway.Evidence.Signing;
using Gateway.Policy.Model;

namespace Gateway.Evidence.Log;

/// <summary>
/// Writes batches of records at a log's end: begin, add, commit or abandon. Gives indexes and links the chain. One thread at a time. After
/// an error it mends the log before it takes anything else.
/// </summary>
internal sealed class LogWriter : IDisposable
{
    private readonly LogFolder _folder;
    private readonly JournalOptions _options;
    private readonly TimeProvider _time;
    private readonly Disk _disk;
    private readonly IncrementalHash _tags;
    private readonly byte[] _log;
    private readonly byte[] _previous = new byte[SHA256.HashSizeInBytes];
    private readonly byte[] _batchPrevious = new byte[SHA256.HashSizeInBytes];
    private readonly byte[] _batchTime = new byte[RecordTime.Length];
    private byte[] _batch = new byte[1 << 16];
    private int _batchLength;
    private int _batchLastFrame;
    private long _batchIndex;
    private long _index;
    private volatile bool _damaged;
    private volatile string? _suspended;

    /// <summary>Goes on where a scan ended. Cuts an incomplete tail.</summary>
    public LogWriter(LogFolder folder, LogScan scan, JournalOptions options, LogKeys keys, TimeProvider time, Disk disk)
    {
        (_folder, _options, _time, _disk) = (folder, options, time, disk);
        _tags = keys.TagsOf(LogOrigin.Of(folder.Description.Log)).CreateHash();
        _log = Encoding.ASCII.GetBytes(folder.Description.Log.ToString());
        _index = scan.Records;
        scan.Previous.CopyTo(_previous, 0);
        if (scan.TornSegment is not null)
        {
            File.Delete(scan.TornSegment);
        }

        Segment = scan.Segment is null ? CreateSegment() : Segment.Open(scan.Segment, scan.Position, scan.LastFrame, disk, time);
    }

    /// <summary>The file being written; another after a roll.</summary>
    public Segment Segment { get; private set; }

    /// <summary>What was written last. A record of a batch that failed is in it until another has its index.</summary>
    public WrittenLeaves Written { get; } = new();

    /// <value>Records that are written. Safe to ask from any thread.</value>
    public long Records => Volatile.Read(ref _index);

    /// <summary>Whether nothing is taken until it is resumed.</summary>
    public bool IsSuspended => _suspended is not null;

    /// <value>Bytes in the batch.</value>
    public int BatchLength => _batchLength;

    /// <summary>Whether the next batch takes more than one write: mending, or a new segment.</summary>
    public bool IsSlow => _damaged || Segment.Position >= _options.SegmentBytes;

    /// <summary>Says that a flush failed, so that nothing else is taken before the log is mended.</summary>
    public void MarkDamaged() => _damaged = true;

    /// <summary>Takes nothing until it is resumed, and says why.</summary>
    public void Suspend(string reason) => _suspended = reason;

    public void Resume() => _suspended = null;

    /// <summary>Begins a batch; mends the log first if need be, and rolls.</summary>
    /// <exception cref="IOException">The disk isn't back.</exception>
    public void Begin()
    {
        if (_suspended is { } reason)
        {
            throw new IOException(reason);
        }

        if (_damaged)
        {
            Segment.Mend(_previous);
            _damaged = false;
        }

        if (Segment.Position >= _options.SegmentBytes)
        {
            Roll();
        }

        (_batchLength, _batchIndex) = (0, _index);
        _previous.CopyTo(_batchPrevious, 0);
        RecordTime.Write(_time.GetUtcNow(), _batchTime);
    }

    public RecordReceipt Add(RecordType type, ReadOnlySpan<byte> body)
    {
        Reserve(Frame.HeaderLength + body.Length + RecordEnvelope.MaxOverhead);
        var space = _batch.AsSpan(_batchLength);
        var length = RecordFormat.Write(space[Frame.HeaderLength..], type, body, _batchIndex, _log, _batchPrevious, _batchTime);
        var frame = space[..(Frame.HeaderLength + length)];
        frame[Frame.LeafOffset] = 0;
        SHA256.HashData(frame[Frame.LeafOffset..], _batchPrevious);
        RecordTags.Write(_tags, _batchPrevious, Frame.TagOf(frame));
        Frame.Seal(frame);
        _batchLastFrame = _batchLength;
        _batchLength += frame.Length;
        var leaf = new Sha256Digest(_batchPrevious);
        Written.Put(_batchIndex, leaf);
        return new RecordReceipt(_folder.Description.Log, _batchIndex++, leaf);
    }

    /// <summary>Writes the batch. Its records count only when this returns.</summary>
    /// <exception cref="IOException">None of them does.</exception>
    public void Commit()
    {
        if (_batchLength == 0)
        {
            return;
        }

        Segment.Append(_batch.AsSpan(0, _batchLength), _batchLastFrame);
        Volatile.Write(ref _index, _batchIndex);
        _batchPrevious.CopyTo(_previous, 0);
    }

    /// <summary>Gives up a batch that failed, wherever it did.</summary>
    public void Abandon()
    {
        _damaged = true;
        Segment.TryCut();
    }

    public void Dispose()
    {
        Segment.Dispose();
        _tags.Dispose();
    }

    private Segment CreateSegment()
    {
        Span<byte> header = stackalloc byte[SegmentHeader.Length];
        SegmentHeader.Write(header, _folder.Description.Log, _index, _previous);
        return Segment.Create(_folder.Path, _index, header, _disk, _time);
    }

    private void Roll()
    {
        // A later segment must never be on the disk without the whole of the one before it: the gap would look like damage.
        Segment.Flush();
        var full = Segment;
        Segment = CreateSegment();
        full.Dispose();
    }

    private void Reserve(int count)
    {
        if (_batch.Length - _batchLength < count)
        {
            Array.Resize(ref _batch, Math.Max(_batchLength + count, _batch.Length * 2));
        }
    }
}

/// <summary>Where a record stands. Given out only when it is as durable as was asked.</summary>
/// <param name="Index">From 0, without gaps.</param>
/// <param name="Leaf">The record's leaf hash (RFC 6962 section 2.1): SHA-256 of a zero byte and the record.</param>
public readonly record struct RecordReceipt(LogId Log, long Index, Sha256Digest Leaf);
