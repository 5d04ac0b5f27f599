using Gateway.Evidence.Log.Files;
using Gateway.Evidence.Records;
using Gateway.Evidence.Signing;

namespace Gateway.Evidence.Verification;

/// <summary>
/// Checks journals where they lie, without a lock or a running gateway. Without keys it proves that nothing inside a log was changed, left
/// out or put in by whoever couldn't write it all anew; with them, that it is what was signed, up to the last checkpoint.
/// </summary>
public static class JournalVerifier
{
    /// <summary>As the other, without keys: no signature is checked.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static VerificationResult Verify(string folder, CancellationToken cancellationToken = default) =>
        Verify(folder, null, cancellationToken);

    /// <summary>Checks a whole root, one tenant's folder or one log's, whichever it is. Never throws on any content.</summary>
    /// <param name="keys">Public keys of all instances whose logs are there; null checks no signature.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static VerificationResult Verify(
        string folder,
        IReadOnlyList<Ed25519PublicKey>? keys,
        CancellationToken cancellationToken = default
    ) => Verify(folder, keys, null, cancellationToken);

    /// <summary>The same, and shows each record that is good.</summary>
    public static VerificationResult Verify(
        string folder,
        IReadOnlyList<Ed25519PublicKey>? keys,
        RecordVisitor? visit,
        CancellationToken cancellationToken
    )
    {
        var result = new VerificationResult(0, 0, 0, 0, 0, null);
        try
        {
            foreach (var (log, tenant) in Logs(Path.GetFullPath(folder)))
            {
                result = Add(result, log, tenant, keys, visit, cancellationToken);
                if (!result.IsGood)
                {
                    return result;
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return result with { Problem = new LogProblem(LogProblemKind.Unreadable, folder, 0, null, $"It can't be read: {e.Message}") };
        }

        // Nothing to check is not a good result: it would let an empty folder pass for a journal.
        return result.Logs > 0
            ? result
            : result with
            {
                Problem = new LogProblem(LogProblemKind.NoLog, folder, 0, null, "There is no log in this folder."),
            };
    }

    private static VerificationResult Add(
        VerificationResult result,
        string log,
        string? tenant,
        IReadOnlyList<Ed25519PublicKey>? keys,
        RecordVisitor? visit,
        CancellationToken cancellationToken
    )
    {
        var file = Path.Combine(log, LogDescription.FileName);
        var description = File.Exists(file) ? LogDescription.Read(log) : null;
        if (
            description is null
            || (tenant is not null && (description.Tenant != tenant || description.Log.ToString() != Path.GetFileName(log)))
        )
        {
            const string Detail = "The log's description is missing, changed, or another log's.";
            return result with { Problem = new LogProblem(LogProblemKind.Description, file, 0, null, Detail) };
        }

        var decisions = 0L;
        var verifier = new LogVerifier(log, description, keys)
        {
            OnEnvelope = (in RecordEnvelope record) =>
            {
                decisions += record.IsDecision ? 1 : 0;
                visit?.Invoke(record);
            },
        };
        var problem = verifier.Verify(cancellationToken);
        var scan = verifier.Scan;
        return new VerificationResult(
            result.Logs + 1,
            result.Segments + scan.Segments,
            result.Records + scan.Records,
            result.Bytes + scan.Bytes,
            result.OpenDecisions + scan.Open.Count,
            problem
        )
        {
            Signed = result.Signed + verifier.Signed,
            Decisions = result.Decisions + decisions,
        };
    }

    /// <summary>
    /// The logs in a folder and up to two folders below, each with the tenant that it must be of; null where the folder doesn't say. One
    /// above others hides none of them: a description can be put anywhere.
    /// </summary>
    public static IEnumerable<(string Log, string? Tenant)> Logs(string folder)
    {
        var below = Folders(folder)
            .SelectMany(child => Folders(child).Prepend(child))
            .Where(IsLog)
            .Select(log => (log, (string?)Path.GetFileName(Path.GetDirectoryName(log))));
        return IsLog(folder) ? below.Prepend((folder, null)) : below;
    }

    private static bool IsLog(string folder) =>
        File.Exists(Path.Combine(folder, LogDescription.FileName)) || Directory.EnumerateFiles(folder, SegmentName.Pattern).Any();

    private static string[] Folders(string folder)
    {
        var folders = Directory.GetDirectories(folder);
        Array.Sort(folders, StringComparer.Ordinal);
        return folders;
    }
}

/// <summary>What a verification found. It holds only as far as it got: the first thing that is wrong ends it.</summary>
/// <param name="OpenDecisions">Decisions without an outcome: under way now, or cut off by a crash that no start has followed yet.</param>
/// <param name="Problem">Null when everything is as it was written.</param>
public sealed record VerificationResult(int Logs, int Segments, long Records, long Bytes, long OpenDecisions, LogProblem? Problem)
{
    /// <value>Records under a checkpoint. The signatures on it count only where public keys were given.</value>
    public long Signed { get; init; }

    /// <value>Records that are decisions.</value>
    public long Decisions { get; init; }

    public bool IsGood => Problem is null;
}
