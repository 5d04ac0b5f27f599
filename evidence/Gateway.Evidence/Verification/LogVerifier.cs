using Gateway.Evidence.Log.Checkpoints;
using Gateway.Evidence.Log.Files;
using Gateway.Evidence.Log.Scanning;
using Gateway.Evidence.Log.Tiles;
using Gateway.Evidence.Records;
using Gateway.Evidence.Signing;

namespace Gateway.Evidence.Verification;

/// <summary>Checks one log whole: what was signed of it, every record, every tile up to the checkpoint, every seal.</summary>
internal sealed class LogVerifier
{
    private readonly string _folder;
    private readonly LogDescription _description;
    private readonly IReadOnlyList<Ed25519PublicKey>? _keys;
    private LogHead _head = new(null, null, null);
    private IReadOnlyList<SegmentSeal> _seals = [];
    private TileChecker? _tiles;

    /// <param name="keys">Null checks no signature.</param>
    public LogVerifier(string folder, LogDescription description, IReadOnlyList<Ed25519PublicKey>? keys) =>
        (_folder, _description, _keys) = (folder, description, keys);

    /// <summary>Is shown each record that is good, as it was read; null for nobody.</summary>
    public RecordVisitor? OnEnvelope { get; init; }

    public LogScan Scan { get; private set; } = new() { Previous = [] };

    /// <value>Records under the checkpoint.</value>
    public long Signed => _head.Checkpoint?.Size ?? 0;

    /// <summary>The first thing that is wrong; null for nothing.</summary>
    /// <exception cref="IOException">A file can't be read.</exception>
    public LogProblem? Verify(CancellationToken cancellationToken)
    {
        var problem =
            LogHead.Read(_folder, _description.Log, _keys, out _head)
            ?? SegmentInventory.Check(_folder, _description.Log, _head, _keys, out _seals)
            ?? Begin();
        return problem ?? Walk(cancellationToken);
    }

    private LogProblem? Begin()
    {
        var files = SegmentName.List(_folder);
        var first = files.Length > 0 && SegmentName.TryParse(files[0], out var index) ? index : 0;
        if (first == 0 || first > (_head.Retention?.Minimum ?? 0) || _head.Checkpoint is null)
        {
            // Where it wasn't removed on purpose, the walk says that it is missing.
            Scan = LogScan.FromStart(_description);
            _tiles = _head.Checkpoint is { } head ? new TileChecker(_folder, TileEdge.Empty, head.Size) : null;
            return null;
        }

        if (PrunedStart.Find(_folder, _head.Checkpoint, first, out var problem) is var (scan, tiles))
        {
            (Scan, _tiles) = (scan, tiles);
        }

        return problem;
    }

    /// <summary>A log that was opened during the walk goes on behind its mark, and has none then, or another.</summary>
    private LogProblem? CheckEnd()
    {
        var problem = ClosedEnd.Check(_head.Closed, _folder, Scan);
        return problem is not null && LogHead.Read(_folder, _description.Log, _keys, out var now) is null && now.Closed != _head.Closed
            ? null
            : problem;
    }

    private LogProblem? Walk(CancellationToken cancellationToken)
    {
        var resume = new ResumeCheck(_folder, _head.Resume, isWhole: Scan.Records == 0);
        var scanner = new LogScanner(_folder, _description, Scan)
        {
            Signed = _head.Checkpoint,
            OnEnvelope = OnEnvelope,
            OnRecord = (record, leaf) =>
            {
                _tiles?.Check(record, leaf, Scan.Tree);
                resume.Look(Scan);
            },
        };

        // Hashing the files is as much work as the half of the walk, and needs nothing of it.
        var seals = Task.Run(() => SealCheck.Check(_folder, _seals, cancellationToken), cancellationToken);
        var problem = scanner.ScanToEnd(cancellationToken);
        var broken = seals.GetAwaiter().GetResult();
        return problem is null or { Kind: LogProblemKind.TornTail }
            ? _tiles?.Problem ?? resume.Problem ?? broken ?? CheckEnd() ?? problem
            : problem;
    }
}
