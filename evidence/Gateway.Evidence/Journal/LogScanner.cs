using System.Security.Cryptography;
using System.Text;
using Gateway.Evidence.Checkpoints;
using Gateway.Evidence.Records;
using Gateway.Policy.Model;

namespace Gateway.Evidence.Journal;

/// <summary>
/// Walks over a log, from its beginning or from where another walk was, and checks every byte: headers, frames, canonical form, schema,
/// indexes, chain, and the roots that were signed. Stops at the first thing that is wrong, and is then of no further use. Never throws on
/// any content.
/// </summary>
internal sealed class LogScanner
{
    private readonly string _folder;
    private readonly LogDescription _description;
    private readonly LogScan _scan;
    private readonly byte[] _logDigits;
    private readonly byte[] _previousDigits = new byte[2 * SHA256.HashSizeInBytes];
    private bool _isLast;
    private bool _isBehindOwn;

    /// <param name="from">Where to begin; goes along.</param>
    public LogScanner(string folder, LogDescription description, LogScan from)
    {
        (_folder, _description, _scan) = (folder, description, from);
        _logDigits = Encoding.ASCII.GetBytes(description.Log.ToString());
    }

    /// <summary>Gets each good record, with its leaf hash.</summary>
    public delegate void Seen(ReadOnlySpan<byte> record, Sha256Digest leaf);

    /// <summary>Called behind each good record, when the scan has taken it in.</summary>
    public Seen? OnRecord { get; init; }

    /// <summary>Called with each good record as it was read; null for nobody.</summary>
    public RecordVisitor? OnEnvelope { get; init; }

    /// <summary>A root that the log must have at its size; null for none.</summary>
    public Checkpoint? Signed { get; init; }

    /// <summary>
    /// What this process wrote of the log. A record with the leaf that it was written with, behind another such, is canonical and in the
    /// chain by that alone; one with another leaf is wrong, however well it is made. Null checks each for itself.
    /// </summary>
    public WrittenLeaves? Written { get; init; }

    /// <summary>Walks to the log's end.</summary>
    /// <returns>What is wrong, an incomplete last record too; null when all is well.</returns>
    /// <exception cref="IOException">A file can't be read.</exception>
    public LogProblem? ToEnd(CancellationToken cancellationToken = default)
    {
        _scan.Problem = AtSigned() ?? Run(null, 0, cancellationToken);
        if (Signed is { } signed && _scan.Records < signed.Size && _scan.Problem is null or { Kind: LogProblemKind.TornTail })
        {
            _scan.Problem = new LogProblem(
                LogProblemKind.Rollback,
                _scan.Segment ?? _folder,
                _scan.Position,
                _scan.Records,
                $"The log ends here, and a checkpoint of {signed.Size} records was signed."
            );
        }

        return _scan.Problem;
    }

    /// <summary>Walks to a place that a writer has been at.</summary>
    /// <param name="end">Bytes of the file that count.</param>
    /// <returns>What is wrong; null when all is well.</returns>
    /// <exception cref="IOException">A file can't be read.</exception>
    public LogProblem? To(string file, long end, CancellationToken cancellationToken = default) =>
        _scan.Problem = Run(file, end, cancellationToken);

    private LogProblem? Run(string? last, long end, CancellationToken cancellationToken)
    {
        var files = last is not null && last == _scan.Segment ? [last] : SegmentName.List(_folder);
        for (var i = SegmentName.Find(files, _scan.Segment); i < files.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _isLast = i == files.Length - 1;
            using var reader = new SegmentReader(files[i], files[i] == last ? end : long.MaxValue);
            if (ReadSegment(reader) is { } problem)
            {
                return problem;
            }

            if (files[i] == last)
            {
                return null;
            }
        }

        // The one that the walk should begin or end in wasn't among them.
        return (last ?? (files.Contains(_scan.Segment) ? null : _scan.Segment)) is { } missing
            ? new LogProblem(LogProblemKind.Segment, missing, 0, _scan.Records, "The segment is missing.")
            : null;
    }

    private LogProblem? ReadSegment(SegmentReader reader)
    {
        if (reader.Length > SegmentReader.MaxLength)
        {
            return Wrong(LogProblemKind.Segment, reader, SegmentReader.MaxLength, "The segment is longer than any can be.");
        }

        if (reader.Path != _scan.Segment)
        {
            return ReadHeader(reader) ?? ReadFrames(reader);
        }

        return reader.Length < _scan.Position
            ? Wrong(LogProblemKind.Rollback, reader, reader.Length, $"The segment ends here, and was {_scan.Position} bytes long before.")
            : ReadFrames(reader);
    }

    private LogProblem? ReadHeader(SegmentReader reader)
    {
        Span<byte> expected = stackalloc byte[SegmentHeader.Length];
        SegmentHeader.Write(expected, _description.Log, _scan.Records, _scan.Previous);
        if (!SegmentName.TryParse(reader.Path, out var first) || first != _scan.Records)
        {
            return Wrong(
                LogProblemKind.Segment,
                reader,
                0,
                $"The segment should begin with record {_scan.Records}, by its name: one is missing or misnamed."
            );
        }

        if (reader.TryRead(0, SegmentHeader.Length, out var header) && header.SequenceEqual(expected))
        {
            _scan.Segments++;
            (_scan.Segment, _scan.Position, _scan.LastFrame) = (reader.Path, SegmentHeader.Length, 0);
            _scan.Bytes += SegmentHeader.Length;
            return null;
        }

        if (!_isLast || reader.EndOfContent() >= SegmentHeader.Length)
        {
            return Wrong(LogProblemKind.Segment, reader, 0, "The segment's header isn't the one that belongs here.");
        }

        (_scan.TornSegment, _scan.TornBytes) = (reader.Path, reader.Length);
        return Wrong(LogProblemKind.TornTail, reader, 0, "The segment's header is incomplete.");
    }

    private LogProblem? ReadFrames(SegmentReader reader)
    {
        while (_scan.Position < reader.Length)
        {
            var offset = _scan.Position;
            if (ReadFrame(reader, offset) is { } problem)
            {
                return problem;
            }

            _scan.Bytes += _scan.Position - offset;
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
        var leaf = Sha256Digest.Of(frame[Frame.LeafOffset..]);
        var written = Written?.Find(_scan.Records);
        var isOwn = written == leaf;
        if (isOwn && _isBehindOwn)
        {
            return Take(offset, frame, leaf, RecordEnvelope.OfOwn(frame[Frame.HeaderLength..], _scan.Records));
        }

        if (Check(reader, offset, frame, out var record) is { } problem)
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

        if (record.Index != _scan.Records)
        {
            return Wrong(LogProblemKind.Chain, reader, offset, $"The record says that its index is {record.Index}.");
        }

        if (!record.Log.SequenceEqual(_logDigits))
        {
            return Wrong(LogProblemKind.Chain, reader, offset, "The record is of another log.");
        }

        Convert.TryToHexStringLower(_scan.Previous, _previousDigits, out _);
        return record.Previous.SequenceEqual(_previousDigits)
            ? null
            : Wrong(LogProblemKind.Chain, reader, offset, "The record names another predecessor than the one before it.");
    }

    private LogProblem? Take(long offset, ReadOnlySpan<byte> frame, Sha256Digest leaf, in RecordEnvelope record)
    {
        leaf.CopyTo(_scan.Previous);
        _scan.Tree.Append(leaf);
        _scan.Open.Follow(record);
        OnEnvelope?.Invoke(record);
        _scan.Records++;
        (_scan.LastFrame, _scan.Position) = (offset, offset + frame.Length);
        OnRecord?.Invoke(frame[Frame.HeaderLength..], leaf);
        return AtSigned();
    }

    private LogProblem? AtSigned() =>
        Signed is { } signed && signed.Size == _scan.Records && signed.Root != _scan.Tree.Root()
            ? new LogProblem(
                LogProblemKind.Fork,
                _scan.Segment ?? _folder,
                _scan.LastFrame,
                Math.Max(0, _scan.Records - 1),
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

        _scan.TornBytes = reader.Length - offset;
        return Wrong(LogProblemKind.TornTail, reader, offset, $"The last record is incomplete: {_scan.TornBytes} bytes of it are there.");
    }

    private LogProblem Wrong(LogProblemKind kind, SegmentReader reader, long offset, string detail) =>
        new(kind, reader.Path, offset, _scan.Records, detail);
}
