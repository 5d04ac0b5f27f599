using System.Text;
using Gateway.Cli.Results;
using Gateway.Evidence.Verification;

namespace Gateway.Cli.Verification;

/// <summary>A receipt, a checkpoint, a seal, or a file of a log.</summary>
internal static class LogFileVerification
{
    public static bool Recognises(string path)
    {
        var begin = FirstBytes.Read(path).AsSpan();
        return !EvidenceFile.NeedsKeys(path)
            || begin.StartsWith("{\"checkpoint\":"u8)
            || begin.StartsWith("gateway.seal/"u8)
            || begin.StartsWith("gateway/log/"u8)
            || Path.GetFileName(path) is "checkpoint" or "receipt.json"
            || Path.GetFileName(path).StartsWith("seal-", StringComparison.Ordinal);
    }

    public static CommandResult Judge(VerifyRequest request)
    {
        if (request.Keys is null && (request.RequireSignature || EvidenceFile.NeedsKeys(request.Path)))
        {
            throw new InvalidInputException(
                "It can't be verified without public keys.",
                "Fetch /.well-known/jwks.json of the instance once, and name the file with --keys."
            );
        }

        var result = EvidenceFile.Verify(request.Path, request.Keys, request.CancellationToken);
        if (result.Journal is { } journal)
        {
            return request.Replay is null ? JournalVerification.Show(request, journal) : throw VerifyRequest.NothingToReplay();
        }

        var data = LogFileView.Describe(request.Path, result);
        return result.Problem is { } problem
            ? CommandResult.Refused(ExitCode.VerificationFailed, problem.ToString(), JournalVerification.Remedy(problem.Kind)) with
            {
                Data = data,
            }
            : Replayed(request, result, CommandResult.Ok(data, LogFileView.Line(result)));
    }

    private static CommandResult Replayed(VerifyRequest request, EvidenceResult result, CommandResult proven)
    {
        if (request.Replay is not { } replay)
        {
            return proven;
        }

        var receipt = result.Receipt ?? throw VerifyRequest.NothingToReplay();
        replay.AddRecord(receipt.Id.ToString(), Encoding.UTF8.GetBytes(receipt.Record));
        return replay.Judge(proven);
    }
}
