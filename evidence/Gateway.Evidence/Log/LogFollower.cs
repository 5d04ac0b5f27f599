using Gateway.Evidence.Log.Checkpoints;
using Gateway.Evidence.Log.Files;
using Gateway.Evidence.Log.Scanning;
using Gateway.Evidence.Log.Tiles;
using Gateway.Evidence.Signing;

namespace Gateway.Evidence.Log;

/// <summary>
/// Walks over what a log's writer has written, as a reader would: what is signed has been read back, and is what was written. Writes the
/// tiles as it goes, and remembers where a later start can read on. Not thread-safe; of no further use after an error.
/// </summary>
internal sealed class LogFollower
{
    /// <value>Records behind which a new place to read on is remembered. A start reads at most some more than these.</value>
    private const long ResumeEvery = 1 << 16;

    /// <value>Records after which the processor is offered to other threads: some 40 microseconds. A signature has up to thousands of
    /// records to walk over, and a thread that never waits keeps its core for a whole slice of the scheduler: requests stood behind it for
    /// 3 to 8 ms, four times a second, though the other core was idle.</value>
    private const long YieldEvery = 16;

    private readonly LogScan _scan;
    private readonly LogScanner _scanner;
    private readonly TileWriter _tiles;
    private long _resumeAt;

    /// <param name="from">Null for the beginning of the log.</param>
    /// <param name="last">What was signed before this process wrote; null for nothing.</param>
    /// <param name="tags">What proves the records behind that whose leaves the writer doesn't know any more.</param>
    public LogFollower(LogFolder folder, ResumePoint? from, WrittenLeaves written, Checkpoint? last, RecordTags tags)
    {
        _scan = from is null ? LogScan.FromStart(folder.Description) : LogScan.FromResume(from, folder.Path);
        _tiles = new TileWriter(folder.Path, from?.Edge ?? TileEdge.Empty);
        _resumeAt = _scan.Records + ResumeEvery;
        _scanner = new LogScanner(folder.Path, folder.Description, _scan)
        {
            Written = written,
            Signed = last,
            Tags = tags,
            OnRecord = (record, leaf) =>
            {
                _tiles.Append(record, leaf, _scan.Tree);
                if (_scan.Records % YieldEvery == 0)
                {
                    Thread.Yield();
                }

                if (_scan.Records % TilePath.Width == 0 && _scan.Records >= _resumeAt)
                {
                    Remember();
                }
            },
        };
    }

    public long Records => _scan.Records;

    public Policy.Model.Sha256Digest Root => _scan.Tree.Root();

    public TileWriter Tiles => _tiles;

    /// <summary>The file that it is in; null before the first.</summary>
    public string? Segment => _scan.Segment;

    /// <summary>The newest place to read on from that nobody has taken; null for none.</summary>
    public ResumePoint? Resume { get; private set; }

    /// <summary>Takes what there is to read on from.</summary>
    public ResumePoint? TakeResume()
    {
        var taken = Resume;
        Resume = null;
        return taken;
    }

    /// <summary>Asks for a place to read on from, as soon as there can be one.</summary>
    public void RequestResume() => _resumeAt = 0;

    /// <inheritdoc cref="LogScanner.ScanTo"/>
    public LogProblem? ReadTo(string file, long end) => _scanner.ScanTo(file, end);

    private void Remember()
    {
        _resumeAt = _scan.Records + ResumeEvery;
        SegmentName.TryParse(_scan.Segment!, out var first);
        Resume = new ResumePoint(new(_scan.Previous), first, _scan.Position, _scan.LastFrame, _tiles.Edge(), _scan.Open.ToList());
    }
}
