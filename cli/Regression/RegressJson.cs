using System.Text.Json.Nodes;
using Gateway.Cli.Results;
using Gateway.Gait.Artifacts;
using Gateway.Gait.Regress;
using Gateway.Gait.Regress.Fixtures;

namespace Gateway.Cli.Regression;

/// <summary>What a run of all fixtures came to, for programs: with what to look at first and the command for it.</summary>
internal static class RegressJson
{
    public static JsonObject Of(FixtureFolder folder, RegressReport report, IReadOnlyList<string> outputs, string? junit)
    {
        string[] paths = junit is null ? [.. outputs] : [.. outputs, junit];
        var data = new JsonObject
        {
            ["status"] = report.Passed ? "pass" : "fail",
            ["fixture_set"] = report.FixtureSet,
            ["graders"] = report.Graders.Count,
            ["failed"] = report.Graders.Count(grader => !grader.Passed),
            ["config"] = folder.Config,
            ["output"] = outputs[0],
            ["junit"] = junit ?? "",
            ["artifact_paths"] = paths.ToJson(),
        };
        if (report.FirstFailure is { } first)
        {
            data["top_failure_reason"] = first.ReasonCodes.FirstOrDefault() ?? "";
            var pack = Path.Combine(folder.FolderOf(first.Fixture), RegressFixture.PackName);
            data["next_command"] = ProgramName.In($"gateway run inspect --from {pack}");
        }

        return data;
    }
}
