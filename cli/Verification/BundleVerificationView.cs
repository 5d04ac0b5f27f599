using System.Text.Json.Nodes;
using Gateway.Cli.Artifacts;
using Gateway.Cli.Results;
using Gateway.Gait.Artifacts;
using Gateway.Gait.Packs.Bundles;

namespace Gateway.Cli.Verification;

/// <summary>A bundle of evidence, as <c>guard pack</c> and <c>incident pack</c> write it.</summary>
internal static class BundleVerificationView
{
    public static CommandResult Show(string path, BundleVerification result)
    {
        var data = new JsonObject
        {
            ["kind"] = "evidence_pack",
            ["path"] = path,
            ["pack_id"] = result.Manifest?.Text("pack_id") ?? "",
            ["run_id"] = result.Manifest?.Text("run_id") ?? "",
            ["files_checked"] = result.FilesChecked,
            ["signature_status"] = ProblemView.Word(result.Signature),
            ["problem"] = ProblemView.Of(result.Problem),
        };
        return result.Problem is { } problem
            ? CommandResult.Refused(
                ExitCode.VerificationFailed,
                $"{path}: {problem}",
                "Keep the pack as it is, and get it again from its source."
            ) with
            {
                Data = data,
            }
            : CommandResult.Ok(
                data,
                $"pack_id={result.Manifest!.Text("pack_id")}",
                $"files={result.FilesChecked} signature={ProblemView.Word(result.Signature)}",
                "verify=ok"
            );
    }
}
