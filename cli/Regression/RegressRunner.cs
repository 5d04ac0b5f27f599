using Gateway.Cli.Artifacts;
using Gateway.Cli.Results;
using Gateway.Gait.Regress;
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

        var data = RegressJson.Of(folder, report, outputs, junit);
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
}
