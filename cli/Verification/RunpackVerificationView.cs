using System.Text.Json.Nodes;
using Gateway.Cli.Artifacts;
using Gateway.Cli.Results;
using Gateway.Gait.Artifacts;
using Gateway.Gait.Packs;

namespace Gateway.Cli.Verification;

/// <summary>What the verification of a runpack came to, with the fields that Gait answers.</summary>
internal static class RunpackVerificationView
{
    public static CommandResult Show(string path, RunpackVerification result)
    {
        var data = Describe(path, result);
        if (result.Problem is { } problem)
        {
            return CommandResult.Refused(
                ExitCode.VerificationFailed,
                $"{path}: {problem}",
                "Keep the pack as it is, and get it again from its source."
            ) with
            {
                Data = data,
            };
        }

        var pack = result.Pack!;
        return CommandResult.Ok(
            data,
            $"run_id={pack.RunId}",
            $"manifest=sha256:{pack.ManifestDigest}",
            $"files={result.FilesChecked} signature={ProblemView.Word(result.Signature)}",
            "verify=ok"
        );
    }

    private static JsonObject Describe(string path, RunpackVerification result) =>
        new()
        {
            ["kind"] = "runpack",
            ["path"] = path,
            ["run_id"] = result.Pack?.RunId ?? "",
            ["manifest_digest"] = result.Pack?.ManifestDigest ?? "",
            ["files_checked"] = result.FilesChecked,
            ["missing_files"] = Names(result.Problem, ProblemCodes.MissingMember),
            ["hash_mismatches"] = Mismatches(result.Problem),
            ["signature_status"] = ProblemView.Word(result.Signature),
            ["signature_errors"] = new JsonArray(result.Signature == Gait.Artifacts.SignatureStatus.Failed ? [result.Problem!.Code] : []),
            ["signatures_total"] = result.SignaturesTotal,
            ["signatures_valid"] = result.SignaturesValid,
            ["problem"] = ProblemView.Of(result.Problem),
        };

    private static JsonArray Names(ArtifactProblem? problem, string code) => problem?.Code == code ? [problem.Member] : [];

    private static JsonArray Mismatches(ArtifactProblem? problem) =>
        problem?.Code is ProblemCodes.HashMismatch or ProblemCodes.ManifestDigest
            ? [new JsonObject { ["path"] = problem.Member, ["detail"] = problem.Detail }]
            : [];
}
