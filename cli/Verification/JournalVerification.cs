using System.Text.Json.Nodes;
using Gateway.Cli.Results;
using Gateway.Evidence.Journal;

namespace Gateway.Cli.Verification;

/// <summary>A journal where it lies, without keys and without a running instance.</summary>
internal static class JournalVerification
{
    public static CommandResult Judge(VerifyRequest request)
    {
        var result = JournalVerifier.Verify(request.Path, request.CancellationToken);
        var data = Describe(request.Path, result);
        if (result.Problem is not { } problem)
        {
            var open = result.OpenDecisions == 0 ? "" : $" {result.OpenDecisions} decisions have no outcome yet.";
            return CommandResult.Ok(data, $"{result.Logs} logs, {result.Segments} segments, {result.Records} records, {result.Bytes} bytes: nothing is wrong.{open}");
        }

        var exit = problem.Kind == LogProblemKind.NoLog ? ExitCode.InvalidInput : ExitCode.VerificationFailed;
        return CommandResult.Refused(exit, problem.ToString(), Remedy(problem.Kind)) with { Data = data };
    }

    private static JsonObject Describe(string path, VerificationResult result) => new()
    {
        ["path"] = path,
        ["logs"] = result.Logs,
        ["segments"] = result.Segments,
        ["records"] = result.Records,
        ["bytes"] = result.Bytes,
        ["openDecisions"] = result.OpenDecisions,
        ["problem"] = result.Problem is not { } problem ? null : new JsonObject
        {
            ["kind"] = problem.Kind.ToString(),
            ["file"] = problem.File,
            ["offset"] = problem.Offset,
            ["index"] = problem.Index,
            ["detail"] = problem.Detail,
        },
    };

    private static string Remedy(LogProblemKind kind) => kind switch
    {
        LogProblemKind.NoLog => "Name a journal's root, one tenant's folder in it, or one log's.",
        LogProblemKind.Unreadable => "Let this process read it: until then nothing is proven.",
        LogProblemKind.TornTail => "Its writer was killed or is writing it now: the next start mends it.",
        LogProblemKind.Description or LogProblemKind.Segment or LogProblemKind.Frame or LogProblemKind.Record or LogProblemKind.Chain =>
            "Keep the files as they are, and compare them with a copy.",
    };
}
