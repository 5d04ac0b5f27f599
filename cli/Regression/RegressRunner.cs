using System.Text.Json.Nodes;
using Gateway.Cli.Artifacts;
using Gateway.Cli.Results;
using Gateway.Gait.Artifacts;
using Gateway.Gait.Regress;
using Gateway.Gait.Regress.Fixtures;
using Gateway.Gait.Regress.Graders;

namespace Gateway.Cli.Regression;

/// <summary>Runs all fixtures, writes the reports, and says what failed first.</summary>
internal static class RegressRunner
{
    private const string Producer = "gateway";

    /// <param name="outputs">The files of the report, <c>regress_result.json</c>; the first one is named.</param>
    /// <param name="junit">Null for none.</param>
    public static CommandResult Run(FixtureFolder folder, RegressReport report, IReadOnlyList<string> outputs, string? junit)
    {
        foreach (var output in outputs)
        {
            ArtifactFile.Write(output, report.ToBytes(Producer));
        }

        if (junit is not null)
        {
            ArtifactFile.Write(junit, JUnitReport.Write(report));
        }

        var data = Describe(folder, report, outputs, junit);
        var lines = report.Graders.Select(grader => $"{(grader.Passed ? "pass" : "FAIL")} {grader.Name}{Reason(grader)}").ToArray();
        var result = report.FirstFailure is { } first
            ? CommandResult.Refused(
                ExitCode.RegressionFailed,
                $"{first.Name}: {string.Join(',', first.ReasonCodes)}. {first.Detail}".TrimEnd()
            )
            : CommandResult.Ok([], "status=pass");
        return result with { Data = data, Lines = [.. lines, .. result.Lines], Warnings = report.Warnings };
    }

    private static string Reason(GraderResult grader) => grader.Passed ? "" : $" {string.Join(',', grader.ReasonCodes)}";

    private static JsonObject Describe(FixtureFolder folder, RegressReport report, IReadOnlyList<string> outputs, string? junit)
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
