using System.Text.Json.Nodes;
using Gateway.Authoring.Cases;

namespace Gateway.Cli.Testing;

/// <summary>How cases went, for people and for programs.</summary>
internal static class CaseView
{
    /// <summary>Only what failed, with its line, and a last line with the counts.</summary>
    public static IEnumerable<string> Lines(IReadOnlyList<CaseReport> reports)
    {
        foreach (var report in reports.Where(report => !report.Passed))
        {
            yield return $"FAILED {report.Name}";
            foreach (var failure in report.Failures)
            {
                yield return $"  {failure.Source}";
                foreach (var difference in failure.Differences)
                {
                    yield return $"    {difference}";
                }
            }
        }

        yield return $"{reports.Count(report => report.Passed)} passed, {reports.Count(report => !report.Passed)} failed.";
    }

    public static JsonNode Json(CaseReport report) =>
        new JsonObject
        {
            ["name"] = report.Name,
            ["file"] = report.Source.File,
            ["line"] = report.Source.Line,
            ["passed"] = report.Passed,
            ["failures"] = new JsonArray([.. report.Failures.Select(Json)]),
        };

    private static JsonNode Json(CaseFailure failure) =>
        new JsonObject
        {
            ["line"] = failure.Source.Line,
            ["differences"] = new JsonArray([
                .. failure.Differences.Select(difference =>
                    (JsonNode)
                        new JsonObject
                        {
                            ["what"] = difference.What,
                            ["wanted"] = difference.Wanted,
                            ["got"] = difference.Got,
                        }
                ),
            ]),
        };
}
