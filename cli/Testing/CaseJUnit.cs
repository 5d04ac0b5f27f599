using Gateway.Authoring.Cases;
using Gateway.Gait.Regress;

namespace Gateway.Cli.Testing;

/// <summary>How cases went, as continuous integration reads it.</summary>
internal static class CaseJUnit
{
    public static byte[] Write(IReadOnlyList<CaseReport> reports) => JUnitReport.Write("gateway.policy", [.. reports.Select(Case)]);

    private static JUnitCase Case(CaseReport report) =>
        new(report.Name, report.Source.File)
        {
            Place = (report.Source.File, report.Source.Line),
            Failure = report.Passed
                ? null
                : new JUnitFailure(
                    "case_failure",
                    report.Failures[0].Differences[0].ToString(),
                    string.Join('\n', report.Failures.Select(failure => $"{failure.Source}: {string.Join("; ", failure.Differences)}"))
                ),
        };
}
