using System.Text.Json.Nodes;
using Gateway.Cli.Results;
using Gateway.Evidence.Log.Files;
using Gateway.Evidence.Snapshots;
using Gateway.Evidence.Verification;

namespace Gateway.Cli.Verification;

/// <summary>
/// A journal where it lies, without a running instance. Without keys its records are held against each other, with them against what was
/// signed.
/// </summary>
internal static class JournalVerification
{
    public static CommandResult Judge(VerifyRequest request) =>
        request.RequireSignature && request.Keys is null
            ? throw new InvalidInputException("No signature can be checked without public keys.", "Name their file with --keys.")
        : Since(request) is { } missing ? missing
        : request.Replay is { } replay ? Replay(request, replay)
        : Show(request, JournalVerifier.Verify(request.Path, request.Keys, request.CancellationToken));

    /// <summary>
    /// Before anything else: a journal that was taken away, or put back to what it was, has nothing wrong with it that the rest would find.
    /// </summary>
    private static CommandResult? Since(VerifyRequest request) =>
        KeptHeads.Check(request.Path, request.Since, request.Keys) is { } problem
            ? CommandResult.Refused(ExitCode.VerificationFailed, problem.ToString(), Remedy(problem.Kind)) with
            {
                Data = Describe(request, new VerificationResult(0, 0, 0, 0, 0, problem)),
            }
            : null;

    private static CommandResult Replay(VerifyRequest request, DecisionReplay replay)
    {
        var result = Show(
            request,
            JournalDecisions.Read(
                request.Path,
                request.Keys,
                (log, index, body) => replay.Add($"{log}.{index}", body),
                request.CancellationToken
            )
        );
        return result.Exit == ExitCode.Ok ? replay.Judge(result) : result;
    }

    public static CommandResult Show(VerifyRequest request, VerificationResult result)
    {
        var data = Describe(request, result);
        if (result.Problem is not { } problem)
        {
            var open = result.OpenDecisions == 0 ? "" : $" {result.OpenDecisions} decisions have no outcome yet.";
            var signed = request.Keys is null
                ? "No signature was checked: name the public keys with --keys."
                : $"{result.Signed} records are under a signed head.";
            var since = request.Since.Count == 0 ? "" : $" It goes on from {request.Since.Count} kept checkpoints.";
            return CommandResult.Ok(
                data,
                $"{result.Logs} logs, {result.Segments} segments, {result.Records} records, {result.Bytes} bytes: "
                    + $"nothing is wrong.{open}{since}",
                signed
            );
        }

        var exit = problem.Kind == LogProblemKind.NoLog ? ExitCode.InvalidInput : ExitCode.VerificationFailed;
        return CommandResult.Refused(exit, problem.ToString(), Remedy(problem.Kind)) with { Data = data };
    }

    public static JsonObject? Describe(LogProblem? problem) =>
        problem is null
            ? null
            : new JsonObject
            {
                ["kind"] = problem.Kind.ToString(),
                ["file"] = problem.File,
                ["offset"] = problem.Offset,
                ["index"] = problem.Index,
                ["detail"] = problem.Detail,
            };

    public static string Remedy(LogProblemKind kind) =>
        kind switch
        {
            LogProblemKind.NoLog => "Name a journal's root, one tenant's folder in it, or one log's.",
            LogProblemKind.Unreadable => "Let this process read it: until then nothing is proven.",
            LogProblemKind.TornTail => "Its writer was killed or is writing it now: the next start mends it.",
            LogProblemKind.Receipt => "Get it again from its source; if it stays, keep it and verify the journal.",
            LogProblemKind.Checkpoint or LogProblemKind.Mark or LogProblemKind.Seal =>
                "Check that the keys are those of the instance that signed; if they are, keep the files as they are, and "
                    + "compare them with a copy.",
            LogProblemKind.Description
            or LogProblemKind.Segment
            or LogProblemKind.Frame
            or LogProblemKind.Record
            or LogProblemKind.Chain
            or LogProblemKind.Fork
            or LogProblemKind.Rollback
            or LogProblemKind.Forged
            or LogProblemKind.Tile => "Keep the files as they are, and compare them with a copy.",
        };

    private static JsonObject Describe(VerifyRequest request, VerificationResult result) =>
        new()
        {
            ["path"] = request.Path,
            ["logs"] = result.Logs,
            ["segments"] = result.Segments,
            ["records"] = result.Records,
            ["bytes"] = result.Bytes,
            ["openDecisions"] = result.OpenDecisions,
            ["signed"] = request.Keys is null ? null : result.Signed,
            ["since"] = request.Since.Count,
            ["problem"] = Describe(result.Problem),
        };
}
