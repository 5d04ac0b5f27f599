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
            foreach (var (log, tenant) in JournalLogs.Find(Path.GetFullPath(folder)))
            {
                result = FoundLog.Verify(result, log, tenant, keys, visit, cancellationToken);
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
        var none = new LogProblem(LogProblemKind.NoLog, folder, 0, null, "There is no log in this folder.");
        return result.Logs > 0 ? result : result with { Problem = none };
    }
}
