using System.Text.Json.Nodes;
using Gateway.Gait.Artifacts;

namespace Gateway.Cli.Artifacts;

/// <summary>Problems and signatures as programs read them.</summary>
internal static class ProblemView
{
    public static JsonObject? Of(ArtifactProblem? problem) =>
        problem is null
            ? null
            : new JsonObject
            {
                ["code"] = problem.Code,
                ["member"] = problem.Member,
                ["record"] = problem.Record,
                ["offset"] = problem.Offset,
                ["detail"] = problem.Detail,
            };

    public static string Word(SignatureStatus status) =>
        status switch
        {
            SignatureStatus.Missing => "missing",
            SignatureStatus.Skipped => "skipped",
            SignatureStatus.Verified => "verified",
            SignatureStatus.Failed => "failed",
            SignatureStatus.Unknown => "unknown",
        };
}
