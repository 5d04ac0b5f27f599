using System.Security.Cryptography;
using System.Text;
using Gateway.Evidence.Records;

namespace Gateway.Evidence.Journal;

/// <summary>
/// Walks over a whole log and checks every byte: headers, frames, canonical form, schema, indexes, chain. Stops at the first thing that is wrong.
/// Never throws on any content.
/// </summary>
internal sealed class LogScanner
{
    private readonly string _folder;
    private readonly LogDescription _description;
    private readonly LogScan _scan;
    private readonly byte[] _logDigits;
    private readonly byte[] _previousDigits = new byte[2 * SHA256.HashSizeInBytes];
    private readonly RecordVisitor? _visit;
    private bool _isLast;

    private LogScanner(string folder, LogDescription description, RecordVisitor? visit)
    {
        (_folder, _description, _visit) = (folder, description, visit);
        _logDigits = Encoding.ASCII.GetBytes(description.Log.ToString());
        _scan = new LogScan { Previous = description.Genesis() };
        TakePrevious();
    }

    /// <param name="visit">Is shown each record that is good; null for nobody.</param>
    /// <exception cref="IOException">A file can't be read.</exception>
    public static LogScan Scan(string folder, LogDescription description, CancellationToken cancellationToken = default, RecordVisitor? visit = null)
    {
        var scanner = new LogScanner(folder, description, visit);
        scanner._scan.Problem = scanner.Run(cancellationToken);
        return scanner._scan;
    }

    private LogProblem? Run(CancellationToken cancellationToken)
    {
        var files = SegmentName.List(_folder);
        for (var i = 0; i < files.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _isLast = i == files.Length - 1;
            using var reader = new SegmentReader(files[i]);
            if ((ReadHeader(reader) ?? ReadFrames(reader)) is { } problem)
            {
                return problem;
            }
        }

        return null;
    }

    private LogProblem? ReadHeader(SegmentReader reader)
    {
        Span<byte> expected = stackalloc byte[SegmentHeader.Length];
        SegmentHeader.Write(expected, _description.Log, _scan.Records, _scan.Previous);
        if (!SegmentName.TryParse(reader.Path, out var first) || first != _scan.Records)
        {
            return Wrong(LogProblemKind.Segment, reader, 0, $"The segment should begin with record {_scan.Records}, by its name: one is missing or misnamed.");
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

            _scan.LastFrame = offset;
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

        return Frame.IsIntact(frame)
            ? ReadRecord(reader, offset, frame)
            : TornOr(reader, offset, frameLength, "The record isn't the one that its check sum was made of.");
    }

    private LogProblem? ReadRecord(SegmentReader reader, long offset, ReadOnlySpan<byte> frame)
    {
        if (RecordEnvelope.Read(frame[Frame.HeaderLength..], out var record) is { } wrong)
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

        if (!record.Previous.SequenceEqual(_previousDigits))
        {
            return Wrong(LogProblemKind.Chain, reader, offset, "The record names another predecessor than the one before it.");
        }

        SHA256.HashData(frame[Frame.LeafOffset..], _scan.Previous);
        TakePrevious();
        _scan.Open.Follow(record);
        _visit?.Invoke(record);
        _scan.Records++;
        _scan.Position = offset + frame.Length;
        return null;
    }

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

    private LogProblem Wrong(LogProblemKind kind, SegmentReader reader, long offset, string detail) => new(kind, reader.Path, offset, _scan.Records, detail);

    private void TakePrevious() => Convert.TryToHexStringLower(_scan.Previous, _previousDigits, out _);
}
