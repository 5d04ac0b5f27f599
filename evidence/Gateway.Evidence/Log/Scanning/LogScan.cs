using Gateway.Evidence.Log.Checkpoints;
using Gateway.Evidence.Log.Files;
using Gateway.Evidence.Log.Tree;
using Gateway.Policy.Model;

namespace Gateway.Evidence.Log.Scanning;

/// <summary>What a walk over a log found, and where a writer goes on.</summary>
internal sealed class LogScan
{
    /// <summary>Where a walk over a whole log begins.</summary>
    public static LogScan FromStart(LogDescription description) => new() { Previous = description.Genesis() };

    /// <summary>Where a walk begins behind what another has seen.</summary>
    public static LogScan FromResume(ResumePoint resume, string folder)
    {
        var previous = new byte[Sha256Digest.Length];
        resume.Previous.CopyTo(previous);
        return new LogScan
        {
            Records = resume.Size,
            Previous = previous,
            Tree = resume.Edge.ToRange(),
            Open = new OpenDecisions(resume.Open),
            Segment = Path.Combine(folder, SegmentName.Of(resume.Segment)),
            Position = resume.Position,
            LastFrame = resume.LastFrame,
        };
    }

    /// <summary>The first thing that is wrong, an incomplete last record too; null when all is well.</summary>
    public LogProblem? Problem { get; set; }

    /// <summary>Intact records, and so the next index.</summary>
    public long Records { get; set; }

    public int Segments { get; set; }

    /// <summary>Bytes of intact segments and records.</summary>
    public long Bytes { get; set; }

    /// <summary>The leaf hash of the last record; for none the hash of the description.</summary>
    public required byte[] Previous { get; init; }

    /// <summary>The tree over all records so far, those before the walk too.</summary>
    public CompactRange Tree { get; init; } = new();

    public OpenDecisions Open { get; init; } = new();

    /// <summary>The last segment with a whole header; null for none.</summary>
    public string? Segment { get; set; }

    /// <summary>Where in it the last intact record ends.</summary>
    public long Position { get; set; }

    /// <summary>Where in it the last intact record begins; 0 when it has none.</summary>
    public long LastFrame { get; set; }

    /// <summary>A last segment without a whole header, which holds nothing; null for none.</summary>
    public string? TornSegment { get; set; }

    /// <summary>Bytes behind the last intact record that are an incomplete one.</summary>
    public long TornBytes { get; set; }

    /// <summary>Whether something incomplete is at its end.</summary>
    public bool IsTorn => TornBytes > 0 || TornSegment is not null;
}
