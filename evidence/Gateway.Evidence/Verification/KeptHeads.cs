using Gateway.Evidence.Log.Checkpoints;
using Gateway.Evidence.Log.Files;
using Gateway.Evidence.Log.Tiles;
using Gateway.Evidence.Log.Tree;
using Gateway.Evidence.Signing;

namespace Gateway.Evidence.Verification;

/// <summary>
/// Holds a journal against checkpoints of it that were kept elsewhere. A journal that was put back to an earlier state is in order by
/// itself, and so is one whose logs are gone: only what somebody else has kept tells.
/// </summary>
public static class KeptHeads
{
    /// <summary>What is wrong with the first checkpoint that the journal doesn't go on from; null where it does from all. Never
    /// throws on any content.</summary>
    /// <param name="folder">A root, a tenant's folder or a log's; it needn't be there.</param>
    /// <param name="checkpoints">Files and what is in them.</param>
    /// <param name="keys">Null checks no signature.</param>
    public static LogProblem? Check(
        string folder,
        IReadOnlyList<KeyValuePair<string, byte[]>> checkpoints,
        IReadOnlyList<Ed25519PublicKey>? keys
    )
    {
        try
        {
            var logs = Directory.Exists(folder) ? JournalLogs.Find(Path.GetFullPath(folder)).Select(found => found.Log).ToArray() : [];
            return checkpoints
                .Select(kept => CheckOne(folder, logs, kept.Key, kept.Value, keys))
                .FirstOrDefault(wrong => wrong is not null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new LogProblem(LogProblemKind.Unreadable, folder, 0, null, $"It can't be read: {e.Message}");
        }
    }

    private static LogProblem? CheckOne(string folder, string[] logs, string file, byte[] note, IReadOnlyList<Ed25519PublicKey>? keys)
    {
        if (Checkpoint.Open(note, null, keys, out var kept) is { } wrong)
        {
            return new LogProblem(LogProblemKind.Checkpoint, file, 0, null, wrong);
        }

        if (!LogOrigin.TryParse(kept!.Origin, out var id))
        {
            return new LogProblem(LogProblemKind.Checkpoint, file, 0, null, $"'{kept.Origin}' is no log of Gateway's.");
        }

        var same = logs.Where(log => LogDescription.Find(log)?.Log == id).ToArray();
        return same.Length == 0
            ? new LogProblem(
                LogProblemKind.Rollback,
                folder,
                0,
                null,
                $"The log {id} isn't here, of which a checkpoint of {kept.Size} records was kept in '{file}'."
            )
            : same.Select(log => Compare(log, id, kept, file, keys)).FirstOrDefault(problem => problem is not null);
    }

    private static LogProblem? Compare(string log, LogId id, Checkpoint kept, string file, IReadOnlyList<Ed25519PublicKey>? keys)
    {
        if (LogHead.Read(log, id, keys, out var head) is { } problem)
        {
            return problem;
        }

        var path = Path.Combine(log, Checkpoint.FileName);
        var size = head.Checkpoint?.Size ?? 0;
        if (size < kept.Size)
        {
            var behind = $"The head is of {size} records, and a checkpoint of {kept.Size} was kept in '{file}'.";
            return new LogProblem(LogProblemKind.Rollback, path, 0, size, behind);
        }

        return kept.Size == 0 || Follows(log, kept, head.Checkpoint!)
            ? null
            : new LogProblem(
                LogProblemKind.Fork,
                path,
                0,
                kept.Size - 1,
                $"The first {kept.Size} records have another root than the checkpoint that was kept in '{file}'."
            );
    }

    /// <exception cref="IOException">A tile is missing or has another length.</exception>
    private static bool Follows(string log, Checkpoint kept, Checkpoint head)
    {
        var proof = ConsistencyProof.Make(kept.Size, head.Size, new TileReader(log, head.Size).Subtree);
        return ConsistencyProof.Verifies((ulong)kept.Size, (ulong)head.Size, kept.Root, head.Root, proof);
    }
}
