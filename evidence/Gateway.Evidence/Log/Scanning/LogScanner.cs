using Gateway.Evidence.Log.Checkpoints;
using Gateway.Evidence.Log.Files;
using Gateway.Evidence.Records;
using Gateway.Evidence.Signing;

namespace Gateway.Evidence.Log.Scanning;

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
    private readonly RecordScanner _records;
    private bool _isLast;

    /// <param name="from">Where to begin; goes along.</param>
    public LogScanner(string folder, LogDescription description, LogScan from)
    {
        (_folder, _description, _scan) = (folder, description, from);
        _records = new RecordScanner(folder, description.Log, from);
    }

    /// <summary>Called behind each good record, when the scan has taken it in.</summary>
    public RecordScanner.Seen? OnRecord
    {
        init => _records.OnRecord = value;
    }

    /// <summary>Called with each good record as it was read; null for nobody.</summary>
    public RecordVisitor? OnEnvelope
    {
        init => _records.OnEnvelope = value;
    }

    /// <summary>A root that the log must have at its size; null for none.</summary>
    public Checkpoint? Signed
    {
        init => _records.Signed = value;
    }

    /// <summary>What proves a record that isn't under <see cref="Signed"/>; null where nobody can tell.</summary>
    public RecordTags? Tags
    {
        init => _records.Tags = value;
    }

    /// <summary>
    /// What this process wrote of the log. A record with the leaf that it was written with, behind another such, is canonical and in the
    /// chain by that alone; one with another leaf is wrong, however well it is made. Null checks each for itself.
    /// </summary>
    public WrittenLeaves? Written
    {
        init => _records.Written = value;
    }

    /// <summary>Walks to the log's end.</summary>
    /// <returns>What is wrong, an incomplete last record too; null when all is well.</returns>
    /// <exception cref="IOException">A file can't be read.</exception>
    public LogProblem? ScanToEnd(CancellationToken cancellationToken = default)
    {
        _scan.Problem = _records.CheckRoot() ?? Run(null, 0, cancellationToken);
        if (_records.Signed is { } signed && _scan.Records < signed.Size && _scan.Problem is null or { Kind: LogProblemKind.TornTail })
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
    public LogProblem? ScanTo(string file, long end, CancellationToken cancellationToken = default) =>
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
            return ReadHeader(reader) ?? _records.Read(reader, _isLast);
        }

        return reader.Length < _scan.Position
            ? Wrong(LogProblemKind.Rollback, reader, reader.Length, $"The segment ends here, and was {_scan.Position} bytes long before.")
            : _records.Read(reader, _isLast);
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
            var version = header.IsEmpty ? 0 : SegmentHeader.OtherVersion(header);
            return Wrong(
                LogProblemKind.Segment,
                reader,
                0,
                version == 0
                    ? "The segment's header isn't the one that belongs here."
                    : $"The segment is of format {version}, which this version of Gateway doesn't read."
            );
        }

        (_scan.TornSegment, _scan.TornBytes) = (reader.Path, reader.Length);
        return Wrong(LogProblemKind.TornTail, reader, 0, "The segment's header is incomplete.");
    }

    private LogProblem Wrong(LogProblemKind kind, SegmentReader reader, long offset, string detail) =>
        new(kind, reader.Path, offset, _scan.Records, detail);
}
