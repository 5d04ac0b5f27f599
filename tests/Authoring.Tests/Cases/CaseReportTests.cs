using Gateway.Authoring.Cases;
using Gateway.Policy.Documents;
using Gateway.Policy.Tests;

namespace Gateway.Authoring.Tests.Cases;

public sealed class CaseReportTests
{
    [Fact]
    public void ACase_IsJudgedByTheEvaluatorOfRequests() =>
        Assert.True(
            Report(
                """
                name: it
                intent: {agent: agent, connector: system, operation: act}
                want: {verdict: allow, reasons: []}
                """
            ).Passed
        );

    [Fact]
    public void ACaseOfSeveralActions_NamesTheLineOfEachThatFails()
    {
        var report = Report(
            """
            name: both are allowed
            intents:
              - {agent: agent, connector: system, operation: act}
              - {agent: nobody, workspace: main, connector: system, operation: act}
            want: {verdict: allow, reasons: []}
            """
        );

        Assert.Equal(2, report.Actions);
        var failure = Assert.Single(report.Failures);
        Assert.Equal(4, failure.Source.Line);
        Assert.Equal(
            ["verdict: wanted allow, got block", "reasons: wanted none, got agent_unregistered"],
            failure.Differences.Select(d => d.ToString())
        );
    }

    private static CaseReport Report(string yaml)
    {
        var world = new World();
        return CaseReport.Run(
            Assert.Single(PolicyCaseReader.Read([new SourceFile("cases.yaml", yaml)], world.Compile(), world.Now).Items),
            world.Compile()
        );
    }
}
