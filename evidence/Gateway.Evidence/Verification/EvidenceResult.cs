using Gateway.Evidence.Log.Files;
using Gateway.Evidence.Receipts;

namespace Gateway.Evidence.Verification;

/// <summary>What checking a file or folder came to.</summary>
/// <param name="Problem">The first thing that is wrong; null for nothing.</param>
public sealed record EvidenceResult(EvidenceKind Kind, LogProblem? Problem)
{
    /// <summary>For journals and files of one.</summary>
    public VerificationResult? Journal { get; init; }

    /// <summary>For a receipt that is good.</summary>
    public VerifiedReceipt? Receipt { get; init; }

    /// <value>Records that a checkpoint or seal reaches to.</value>
    public long Size { get; init; }

    /// <summary>Whose a checkpoint or seal is; empty for others.</summary>
    public string Origin { get; init; } = "";
}

/// <summary>What lay at a path.</summary>
public enum EvidenceKind
{
    /// <summary>Nothing that is known: it proves nothing.</summary>
    Unknown = 0,
    Journal,
    Segment,
    Tile,
    Receipt,
    Checkpoint,
    Seal,
}
