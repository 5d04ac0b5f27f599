using System.Security.Cryptography;
using System.Text;
using Gateway.Evidence.Log.Checkpoints;
using Gateway.Evidence.Log.Files;
using Gateway.Evidence.Records;
using Gateway.Evidence.Signing;
using Gateway.Policy.Model;

namespace Gateway.Evidence.Log.Scanning;

/// <summary>
/// Checks the records of a log as they follow each other, segment after segment: frames, canonical form, schema, indexes, chain, and the
/// root that was signed. Takes each good one into the scan.
/// </summary>
/// <param name="scan">Where to begin; goes along.</param>
internal sealed class RecordScanner(string folder, LogId log, LogScan scan)
{
    private readonly byte[] _logDigits = Encoding.ASCII.GetBytes(log.ToString());
    private readonly byte[] _previousDigits = new byte[2 * SHA256.HashSizeInBytes];
    private bool _isLast;
    private bool _isBehindOwn;

    /// <summary>Gets each good record, with its leaf hash.</summary>
    public delegate void Seen(ReadOnlySpan<byte> record, Sha256Digest leaf);

    /// <inheritdoc cref="LogScanner.OnRecord"/>
    public Seen? OnRecord { get; set; }

    /// <inheritdoc cref="LogScanner.OnEnvelope"/>
    public RecordVisitor? OnEnvelope { get; set; }

    /// <inheritdoc cref="LogScanner.Signed"/>
    public Checkpoint? Signed { get; set; }

    /// <inheritdoc cref="LogScanner.Tags"/>
    public RecordTags? Tags { get; set; }

    /// <inheritdoc cref="LogScanner.Written"/>
    public WrittenLeaves? Written { get; set; }

    /// <summary>Reads from where the scan is to the segment's end.</summary>
    /// <param name="isLast">Whether an incomplete record at its end is what a crash leaves; damage otherwise.</param>
    /// <returns>What is wrong, an incomplete last record too; null when all is well.</returns>
    public LogProblem? Read(SegmentReader reader, bool isLast)
    {
        _isLast = isLast;
        while (scan.Position < reader.Length)
        {
            var offset = scan.Position;
            if (ReadFrame(reader, offset) is { } problem)
            {
                return problem;
            }

            scan.Bytes += scan.Position - offset;
        }

        return null;
    }

    private LogProblem? ReadFrame(SegmentReader reader, long offset)
    {
        if (!reader.TryRead(offset, Frame.HeaderLength, out var header))
        {
            return TornOr(reader, offset, Frame.HeaderLength, "The segment ends inside a frame's header.");
        }

        if (!Frame.TryReadLength(header, out var length))
        {
            return TornOr(reader, offset, Frame.HeaderLength, "The frame's length is damaged.");
        }

        var frameLength = Frame.HeaderLength + length;
        if (!reader.TryRead(offset, frameLength, out var frame))
        {
            return TornOr(reader, offset, frameLength, "The segment ends inside a record.");
        }

        return ReadRecord(reader, offset, frame);
    }

    private LogProblem? ReadRecord(SegmentReader reader, long offset, ReadOnlySpan<byte> frame)
    {
        var leaf = Sha256Digest.Compute(frame[Frame.LeafOffset..]);
        var written = Written?.Find(scan.Records);
        var isOwn = written == leaf;
        if (isOwn && _isBehindOwn)
        {
            return Take(offset, frame, leaf, RecordEnvelope.ReadOwn(frame[Frame.HeaderLength..], scan.Records));
        }

        if ((Check(reader, offset, frame, out var record) ?? CheckTag(reader, offset, frame, leaf)) is { } problem)
        {
            return problem;
        }

        _isBehindOwn = isOwn;
        return isOwn || written is null
            ? Take(offset, frame, leaf, record)
            : Wrong(LogProblemKind.Chain, reader, offset, "The record is another than the one that was written.");
    }

    private LogProblem? Check(SegmentReader reader, long offset, ReadOnlySpan<byte> frame, out RecordEnvelope record)
    {
        record = default;
        if (!Frame.IsIntact(frame))
        {
            return TornOr(reader, offset, frame.Length, "The record isn't the one that its check sum was made of.");
        }

        if (RecordEnvelope.Read(frame[Frame.HeaderLength..], out record) is { } wrong)
        {
            return Wrong(LogProblemKind.Record, reader, offset, wrong);
        }

        if (record.Index != scan.Records)
        {
            return Wrong(LogProblemKind.Chain, reader, offset, $"The record says that its index is {record.Index}.");
        }

        if (!record.Log.SequenceEqual(_logDigits))
        {
            return Wrong(LogProblemKind.Chain, reader, offset, "The record is of another log.");
        }

        Convert.TryToHexStringLower(scan.Previous, _previousDigits, out _);
        return record.Previous.SequenceEqual(_previousDigits)
            ? null
            : Wrong(LogProblemKind.Chain, reader, offset, "The record names another predecessor than the one before it.");
    }

    /// <summary>What no signature is over is the log's own by its tag alone: everything else about it can be made by anybody.</summary>
    private LogProblem? CheckTag(SegmentReader reader, long offset, ReadOnlySpan<byte> frame, Sha256Digest leaf)
    {
        if (Tags is null || scan.Records < (Signed?.Size ?? 0))
        {
            return null;
        }

        Span<byte> hash = stackalloc byte[Sha256Digest.Length];
        leaf.CopyTo(hash);
        return Tags.IsOwn(hash, Frame.TagOf(frame))
            ? null
            : Wrong(
                LogProblemKind.Forged,
                reader,
                offset,
                "The record isn't signed yet, and no key of LOG_SIGNING_KEY made its tag: another wrote it, or the key was replaced."
            );
    }

    private LogProblem? Take(long offset, ReadOnlySpan<byte> frame, Sha256Digest leaf, in RecordEnvelope record)
    {
        leaf.CopyTo(scan.Previous);
        scan.Tree.Append(leaf);
        scan.Open.Observe(record);
        OnEnvelope?.Invoke(record);
        scan.Records++;
        (scan.LastFrame, scan.Position) = (offset, offset + frame.Length);
        OnRecord?.Invoke(frame[Frame.HeaderLength..], leaf);
        return CheckRoot();
    }

    /// <summary>What is wrong where the signed root is of as many records as there are by now; null for nothing.</summary>
    public LogProblem? CheckRoot() =>
        Signed is { } signed && signed.Size == scan.Records && signed.Root != scan.Tree.Root()
            ? new LogProblem(
                LogProblemKind.Fork,
                scan.Segment ?? folder,
                scan.LastFrame,
                Math.Max(0, scan.Records - 1),
                $"The {signed.Size} records up to here have another root than the one that was signed for them."
            )
            : null;

    /// <summary>Incomplete is only what ends the last segment, with nothing or nothing but zeros behind it.</summary>
    private LogProblem TornOr(SegmentReader reader, long offset, long frameLength, string damage)
    {
        if (!_isLast || reader.EndOfContent() >= offset + frameLength)
        {
            return Wrong(LogProblemKind.Frame, reader, offset, damage);
        }

        scan.TornBytes = reader.Length - offset;
        return Wrong(LogProblemKind.TornTail, reader, offset, $"The last record is incomplete: {scan.TornBytes} bytes of it are there.");
    }

    private LogProblem Wrong(LogProblemKind kind, SegmentReader reader, long offset, string detail) =>
        new(kind, reader.Path, offset, scan.Records, detail);
}
