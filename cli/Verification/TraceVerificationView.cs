using System.Text.Json.Nodes;
using Gateway.Cli.Artifacts;
using Gateway.Cli.Results;
using Gateway.Evidence.Signing;
using Gateway.Gait.Artifacts;
using Gateway.Gait.Traces;

namespace Gateway.Cli.Verification;

/// <summary>One trace, or a folder of chained ones. Without a key nothing about a trace is proven, so one is needed.</summary>
internal static class TraceVerificationView
{
    private const string Pattern = "trace_*.json";

    public static bool Recognises(string path) =>
        Path.GetFileName(path).StartsWith("trace_", StringComparison.Ordinal)
        || FirstBytes.Read(path).AsSpan().IndexOf("\"gait.gate.trace\""u8) >= 0;

    public static CommandResult Judge(VerifyRequest request) =>
        request.Key is not { } key
            ? throw new InvalidInputException("A trace can't be verified without a public key.", "Name its file with --public-key.")
        : Directory.Exists(request.Path) ? JudgeFolder(request.Path, key)
        : JudgeFile(request.Path, key);

    private static CommandResult JudgeFile(string path, Ed25519PublicKey key)
    {
        var result = Verify(path, key);
        var data = Describe(path, result, key);
        return result.Problem is { } problem
            ? Refused(problem) with
            {
                Data = data,
            }
            : CommandResult.Ok(
                data,
                $"trace_id={result.TraceId}",
                $"verdict={result.Verdict} reasons={string.Join(',', result.ReasonCodes)}",
                "verify=ok"
            );
    }

    private static CommandResult JudgeFolder(string folder, Ed25519PublicKey key)
    {
        var traces = new List<(string Name, TraceVerification Trace)>();
        foreach (var file in Directory.GetFiles(folder, Pattern).Order(StringComparer.Ordinal))
        {
            var result = Verify(file, key);
            if (result.Problem is { } problem)
            {
                return Refused(problem) with { Data = DescribeFolder(folder, traces.Count, problem) };
            }

            traces.Add((file, result));
        }

        if (traces.Count == 0)
        {
            throw new InvalidInputException($"There are no traces in '{folder}'.", $"Name a folder with files such as {Pattern}.");
        }

        return TraceChain.Check(traces, TraceFolder.Head(folder)) is { } broken
            ? Refused(broken) with
            {
                Data = DescribeFolder(folder, traces.Count, broken),
            }
            : CommandResult.Ok(DescribeFolder(folder, traces.Count, null), $"{traces.Count} traces: nothing is wrong.", "verify=ok");
    }

    private static TraceVerification Verify(string path, Ed25519PublicKey key) =>
        TraceVerifier.Verify(ArtifactFile.Read(path, TraceVerifier.MaxBytes), key, path);

    private static CommandResult Refused(ArtifactProblem problem) =>
        CommandResult.Refused(
            ExitCode.VerificationFailed,
            problem.ToString(),
            "Keep the files as they are, and get them again from their source."
        );

    private static JsonObject Describe(string path, TraceVerification result, Ed25519PublicKey key) =>
        new()
        {
            ["kind"] = "trace",
            ["path"] = path,
            ["trace_id"] = result.TraceId,
            ["verdict"] = result.Verdict,
            ["reason_codes"] = result.ReasonCodes.ToJson(),
            ["signature_status"] = ProblemView.Word(result.Signature),
            ["key_id"] = key.KeyId,
            ["problem"] = ProblemView.Of(result.Problem),
        };

    private static JsonObject DescribeFolder(string folder, int checkedTraces, ArtifactProblem? problem) =>
        new()
        {
            ["kind"] = "traces",
            ["path"] = folder,
            ["traces"] = checkedTraces,
            ["problem"] = ProblemView.Of(problem),
        };
}
