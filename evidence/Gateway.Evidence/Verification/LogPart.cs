using Gateway.Evidence.Log.Checkpoints;
using Gateway.Evidence.Log.Files;
using Gateway.Evidence.Log.Tiles;
using Gateway.Evidence.Signing;

namespace Gateway.Evidence.Verification;

/// <summary>A file of a log, which alone proves nothing: it is checked with all of its log.</summary>
internal static class LogPart
{
    public static EvidenceResult Verify(string log, string path, IReadOnlyList<Ed25519PublicKey>? keys, CancellationToken cancellationToken)
    {
        var isTile = Path.GetRelativePath(log, path).StartsWith(TilePath.Folder + Path.DirectorySeparatorChar, StringComparison.Ordinal);
        var result = EvidenceFile.OfJournal(
            isTile ? EvidenceKind.Tile : EvidenceKind.Segment,
            JournalVerifier.Verify(log, keys, cancellationToken)
        );
        return result.Problem is null && isTile && !TileMembership.IsUnder(log, path, result.Journal!.Signed)
            ? result with
            {
                Problem = new LogProblem(LogProblemKind.Tile, path, 0, null, "The tile isn't one of the checkpoint's."),
            }
            : result;
    }

    /// <summary>The folder of the log that a segment or tile is of, or a mark; null for what is looked at alone.</summary>
    public static string? LogOf(string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path));
        var name = Path.GetFileName(path);
        if (folder is not null && File.Exists(Path.Combine(folder, LogDescription.FileName)))
        {
            return
                SegmentName.TryParse(path, out _)
                || name is ResumePoint.FileName or RetentionMark.FileName or ClosingMark.FileName or LogDescription.FileName
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
