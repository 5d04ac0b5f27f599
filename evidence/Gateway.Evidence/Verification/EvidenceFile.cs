using Gateway.Evidence.Log.Checkpoints;
using Gateway.Evidence.Log.Files;
using Gateway.Evidence.Log.Tiles;
using Gateway.Evidence.Receipts;
using Gateway.Evidence.Signing;

namespace Gateway.Evidence.Verification;

/// <summary>
/// Checks whatever of a journal lies at a path: a folder of journals, a receipt, a checkpoint, a seal, or a file of a log.
/// </summary>
public static class EvidenceFile
{
    /// <value>Bytes. A receipt of the longest record is smaller.</value>
    private const int MaxLength = 8 << 20;

    /// <summary>Whether it proves anything only with public keys: what isn't a folder of journals, or a part of one.</summary>
    public static bool NeedsKeys(string path) => !Directory.Exists(path) && LogOf(path) is null;

    /// <summary>Checks it. Never throws on any content.</summary>
    /// <param name="keys">Null checks no signature; only where <see cref="NeedsKeys"/> says no.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static EvidenceResult Verify(string path, IReadOnlyList<Ed25519PublicKey>? keys, CancellationToken cancellationToken = default)
    {
        path = Path.GetFullPath(path);
        if (Directory.Exists(path))
        {
            return OfJournal(EvidenceKind.Journal, JournalVerifier.Verify(path, keys, cancellationToken));
        }

        try
        {
            return LogOf(path) is { } log ? OfPart(log, path, keys, cancellationToken) : OfFile(path, keys ?? []);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new EvidenceResult(
                EvidenceKind.Unknown,
                new LogProblem(LogProblemKind.Unreadable, path, 0, null, $"It can't be read: {e.Message}")
            );
        }
    }

    /// <summary>A segment, a tile or another file of a log is checked with all of the log, since alone it proves nothing.</summary>
    private static EvidenceResult OfPart(
        string log,
        string path,
        IReadOnlyList<Ed25519PublicKey>? keys,
        CancellationToken cancellationToken
    )
    {
        var isTile = Path.GetRelativePath(log, path).StartsWith(TilePath.Folder + Path.DirectorySeparatorChar, StringComparison.Ordinal);
        var result = OfJournal(isTile ? EvidenceKind.Tile : EvidenceKind.Segment, JournalVerifier.Verify(log, keys, cancellationToken));
        return result.Problem is null && isTile && !TilePath.IsUnder(log, path, result.Journal!.Signed)
            ? result with
            {
                Problem = new LogProblem(LogProblemKind.Tile, path, 0, null, "The tile isn't one of the checkpoint's."),
            }
            : result;
    }

    private static EvidenceResult OfJournal(EvidenceKind kind, VerificationResult result) => new(kind, result.Problem) { Journal = result };

    private static EvidenceResult OfFile(string path, IReadOnlyList<Ed25519PublicKey> keys)
    {
        var content = RegularFile.Read(path, MaxLength + 1);
        if (content.Length > MaxLength)
        {
            return new EvidenceResult(
                EvidenceKind.Unknown,
                new LogProblem(LogProblemKind.Unreadable, path, 0, null, $"It has over {MaxLength} bytes.")
            );
        }

        if (ReceiptVerifier.LooksLikeReceipt(content))
        {
            return new EvidenceResult(EvidenceKind.Receipt, ReceiptVerifier.Verify(content, path, keys, out var receipt))
            {
                Receipt = receipt,
            };
        }

        return SegmentSeal.OriginOf(content) is { Length: > 0 } origin
            ? OfSeal(path, content, origin, keys)
            : OfCheckpoint(path, content, keys);
    }

    private static EvidenceResult OfSeal(string path, byte[] content, string origin, IReadOnlyList<Ed25519PublicKey> keys)
    {
        var wrong = SegmentSeal.Read(content, origin, keys, out var seal);
        var segment = Path.Combine(Path.GetDirectoryName(path)!, SegmentName.Of(seal?.First ?? 0));
        return wrong is not null ? new EvidenceResult(EvidenceKind.Seal, new LogProblem(LogProblemKind.Seal, path, 0, null, wrong))
            : File.Exists(segment) && seal!.Differs(segment) is { } differs
                ? new EvidenceResult(EvidenceKind.Seal, new LogProblem(LogProblemKind.Seal, segment, 0, seal.First, differs))
            : new EvidenceResult(EvidenceKind.Seal, null) { Size = seal!.Last + 1, Origin = origin };
    }

    private static EvidenceResult OfCheckpoint(string path, byte[] content, IReadOnlyList<Ed25519PublicKey> keys)
    {
        var wrong = Checkpoint.Open(content, null, keys, out var checkpoint);
        return wrong is not null
            ? new EvidenceResult(EvidenceKind.Unknown, new LogProblem(LogProblemKind.Checkpoint, path, 0, null, wrong))
            : new EvidenceResult(EvidenceKind.Checkpoint, null) { Size = checkpoint!.Size, Origin = checkpoint.Origin };
    }

    /// <summary>The folder of the log that a segment or tile is of, or a mark; null for what is looked at alone.</summary>
    private static string? LogOf(string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path));
        var name = Path.GetFileName(path);
        if (folder is not null && File.Exists(Path.Combine(folder, LogDescription.FileName)))
        {
            return SegmentName.TryParse(path, out _) || name is ResumePoint.FileName or RetentionMark.FileName or LogDescription.FileName
                ? folder
                : null;
        }

        for (; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (Path.GetFileName(folder) == TilePath.Folder && File.Exists(Path.Combine(folder, "..", LogDescription.FileName)))
            {
                return Path.GetDirectoryName(folder);
            }
        }

        return null;
    }
}
