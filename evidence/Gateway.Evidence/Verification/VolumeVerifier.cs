using Gateway.Evidence.Log.Checkpoints;
using Gateway.Evidence.Log.Files;
using Gateway.Evidence.Signing;

namespace Gateway.Evidence.Verification;

/// <summary>
/// Checks journals that lie in several places: replicas' volumes, an archive, copies of them. Each place by itself; then what two of them
/// have of one log against each other, and that no record between the first and the last is in none.
/// </summary>
public static class VolumeVerifier
{
    /// <summary>Never throws on any content.</summary>
    /// <param name="folders">Roots, tenants' folders, or logs'.</param>
    /// <param name="keys">Public keys of all instances; null checks no signature.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static VolumesResult Verify(
        IReadOnlyList<string> folders,
        IReadOnlyList<Ed25519PublicKey>? keys,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var copies = new List<Copy>();
            foreach (var (_, log, tenant) in folders.SelectMany(Found).DistinctBy(found => found.Log))
            {
                if (Check(log, tenant, keys, copies, cancellationToken) is { } problem)
                {
                    return new VolumesResult([], problem);
                }
            }

            if (folders.FirstOrDefault(folder => !Found(folder).Any()) is { } empty)
            {
                return new VolumesResult([], new LogProblem(LogProblemKind.NoLog, empty, 0, null, "There is no log in this folder."));
            }

            var logs = new List<VolumesLog>();
            foreach (var same in copies.GroupBy(copy => copy.Log))
            {
                if (Join(same.Key, [.. same.OrderBy(copy => copy.From).ThenBy(copy => copy.To)], keys, out var log) is { } wrong)
                {
                    return new VolumesResult(logs, wrong);
                }

                logs.Add(log);
            }

            return new VolumesResult(logs, null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new VolumesResult([], new LogProblem(LogProblemKind.Unreadable, folders[0], 0, null, $"It can't be read: {e.Message}"));
        }
    }

    private static IEnumerable<(string Place, string Log, string? Tenant)> Found(string folder) =>
        JournalLogs.Find(Path.GetFullPath(folder)).Select(found => (folder, found.Log, found.Tenant));

    /// <summary>One copy by itself, as the one that its folder says.</summary>
    private static LogProblem? Check(
        string folder,
        string? tenant,
        IReadOnlyList<Ed25519PublicKey>? keys,
        List<Copy> copies,
        CancellationToken cancellationToken
    )
    {
        var result = FoundLog.Verify(new VerificationResult(0, 0, 0, 0, 0, null), folder, tenant, keys, visit: null, cancellationToken);
        if (result.Problem is null && LogDescription.Find(folder) is { } log)
        {
            var from = SegmentName.List(folder) is [var file, ..] && SegmentName.TryParse(file, out var first) ? first : 0;
            copies.Add(new Copy(folder, log, from, result.Records, result.Signed));
        }

        return result.Problem;
    }

    private static LogProblem? Join(LogDescription log, Copy[] copies, IReadOnlyList<Ed25519PublicKey>? keys, out VolumesLog joined)
    {
        var furthest = copies.MaxBy(copy => copy.Signed)!;
        joined = new VolumesLog(
            log.Tenant,
            log.Log.ToString(),
            copies[0].From,
            copies.Max(copy => copy.To),
            furthest.Signed,
            copies.Length
        );
        KeyValuePair<string, byte[]>[] heads =
        [
            .. copies
                .Select(copy => Path.Combine(copy.Folder, Checkpoint.FileName))
                .Where(File.Exists)
                .Select(file => KeyValuePair.Create(file, RegularFile.Read(file, Checkpoint.MaxLength + 1))),
        ];
        if (KeptHeads.Check(furthest.Folder, heads, keys) is { } fork)
        {
            return fork;
        }

        var end = copies[0].To;
        foreach (var copy in copies)
        {
            if (copy.From > end)
            {
                var detail = $"The records {end} to {copy.From - 1} of the log {log.Log} are in none of these places.";
                return new LogProblem(LogProblemKind.Segment, copy.Folder, 0, end, detail);
            }

            end = Math.Max(end, copy.To);
        }

        return null;
    }

    /// <param name="To">Records, with those that were removed before.</param>
    private sealed record Copy(string Folder, LogDescription Log, long From, long To, long Signed);
}

/// <summary>What a verification over several places found.</summary>
/// <param name="Problem">The first thing that is wrong; null for nothing.</param>
public sealed record VolumesResult(IReadOnlyList<VolumesLog> Logs, LogProblem? Problem);

/// <summary>One log, wherever it lies.</summary>
/// <param name="From">The first record that is in one of the places.</param>
/// <param name="To">Records, with those that were removed at the beginning.</param>
/// <param name="Signed">Records under the furthest head.</param>
/// <param name="Copies">Places that have some of it.</param>
public sealed record VolumesLog(string Tenant, string Log, long From, long To, long Signed, int Copies);
