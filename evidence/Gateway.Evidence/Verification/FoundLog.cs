using Gateway.Evidence.Log.Files;
using Gateway.Evidence.Records;
using Gateway.Evidence.Signing;

namespace Gateway.Evidence.Verification;

/// <summary>Verifies one log that was found in a journal, as the one that its folder says.</summary>
internal static class FoundLog
{
    /// <summary>Adds what it holds to what was found before.</summary>
    /// <param name="tenant">Whose it must be; null where the folder doesn't say.</param>
    /// <exception cref="IOException">A file can't be read.</exception>
    public static VerificationResult Verify(
        VerificationResult result,
        string log,
        string? tenant,
        IReadOnlyList<Ed25519PublicKey>? keys,
        RecordVisitor? visit,
        CancellationToken cancellationToken
    )
    {
        var file = Path.Combine(log, LogDescription.FileName);
        var description = LogDescription.Find(log);
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
}
