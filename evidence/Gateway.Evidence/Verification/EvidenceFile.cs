using Gateway.Evidence.Log.Files;
using Gateway.Evidence.Signing;

namespace Gateway.Evidence.Verification;

/// <summary>
/// Checks whatever of a journal lies at a path: a folder of journals, a receipt, a checkpoint, a seal, or a file of a log.
/// </summary>
public static class EvidenceFile
{
    /// <summary>Whether it proves anything only with public keys: what isn't a folder of journals, or a part of one.</summary>
    public static bool NeedsKeys(string path) => !Directory.Exists(path) && LogPart.LogOf(path) is null;

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
            return LogPart.LogOf(path) is { } log ? LogPart.Verify(log, path, keys, cancellationToken) : LoneFile.Verify(path, keys ?? []);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new EvidenceResult(
                EvidenceKind.Unknown,
                new LogProblem(LogProblemKind.Unreadable, path, 0, null, $"It can't be read: {e.Message}")
            );
        }
    }

    internal static EvidenceResult OfJournal(EvidenceKind kind, VerificationResult result) =>
        new(kind, result.Problem) { Journal = result };
}
