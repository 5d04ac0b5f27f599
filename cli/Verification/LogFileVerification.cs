using System.Text;
using System.Text.Json.Nodes;
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
            if (request.Replay is not null)
            {
                throw VerifyRequest.NothingToReplay();
            }

            return JournalVerification.Show(request, journal);
        }

        var data = Describe(request.Path, result);
        return result.Problem is { } problem
            ? CommandResult.Refused(ExitCode.VerificationFailed, problem.ToString(), JournalVerification.Remedy(problem.Kind)) with
            {
                Data = data,
            }
            : Replayed(request, result, CommandResult.Ok(data, Line(result)));
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

    private static string Line(EvidenceResult result) =>
        result.Receipt is { } receipt
            ? $"receipt {receipt.Id}: the record is under the signed head of {receipt.Size} records."
            : $"{result.Kind.ToString().ToLowerInvariant()} of {result.Origin}, {result.Size} records: signed by a known key.";

    private static JsonObject Describe(string path, EvidenceResult result) =>
        new()
        {
            ["path"] = path,
            ["kind"] = result.Kind.ToString().ToLowerInvariant(),
            ["receipt"] = result.Receipt?.Id.ToString(),
            ["record"] = result.Receipt is { } receipt ? JsonNode.Parse(receipt.Record) : null,
            ["size"] = result.Receipt?.Size ?? result.Size,
            ["problem"] = JournalVerification.Describe(result.Problem),
        };
}
