using Gateway.Policy.Cases;
using Gateway.Policy.Documents;
using Gateway.Policy.Model;

namespace Gateway.Policy.Tests.Cases;

public sealed class PolicyCaseReaderTests
{
    private const string Least = "name: it\nagent: agent\nconnector: system\noperation: act\nwant: {verdict: allow}\n";

    [Fact]
    public void ACase_IsAQuestionWithTheWantedAnswer()
    {
        var world = new World();
        var one = Assert.Single(Read(world, Least).Cases);

        Assert.Equal(("it", 1), (one.Name, one.Source.Line));
        Assert.Equal(world.Facts, Assert.Single(one.Questions).Facts);
        Assert.Equal(new WantedAnswer(Verdict.Allow), one.Wanted);
        Assert.True(CaseReport.Of(one, world.Compile()).Passed);
    }

    [Fact]
    public void EverythingThatIsWanted_IsRead()
    {
        var wanted = Assert.Single(Read(new World(), """
            name: all of it
            intents:
              - {agent: agent, connector: system, operation: act}
              - {agent: nobody, workspace: else, connector: nothing, operation: none, facts: {status: suspended}}
            want: {verdict: block, reasons: [agent_not_active], reasonsInclude: [], rules: [policy/rule], codes: [mine], obligations: {log_detailed: true}}
            """).Cases);

        Assert.Equal([3, 4], wanted.Questions.Select(question => question.Source.Line));
        Assert.Equal(["agent_not_active"], wanted.Wanted.Reasons!);
        Assert.Empty(wanted.Wanted.ReasonsInclude!);
        Assert.Equal(["policy/rule"], wanted.Wanted.Rules!);
        Assert.Equal(["mine"], wanted.Wanted.Codes!);
        Assert.Equal(new Obligations(LogDetailed: true), wanted.Wanted.Obligations);
    }

    [Fact]
    public void ACaseOfSeveralActions_NamesTheLineOfEachThatFails()
    {
        var world = new World();
        var report = CaseReport.Of(Assert.Single(Read(world, """
            name: both are allowed
            intents:
              - {agent: agent, connector: system, operation: act}
              - {agent: nobody, workspace: main, connector: system, operation: act}
            want: {verdict: allow, reasons: []}
            """).Cases), world.Compile());

        Assert.Equal(2, report.Actions);
        var failure = Assert.Single(report.Failures);
        Assert.Equal(4, failure.Source.Line);
        Assert.Equal(["verdict: wanted allow, got block", "reasons: wanted none, got agent_unregistered"], failure.Differences.Select(d => d.ToString()));
    }

    [Theory]
    [InlineData("name: it\nagent: agent\nconnector: system\noperation: act\n", "want")]
    [InlineData("agent: agent\nconnector: system\noperation: act\nwant: {verdict: allow}\n", "name")]
    [InlineData("name: it\nwant: {verdict: allow}\n", "agent")]
    [InlineData("name: it\nintents: []\nwant: {verdict: allow}\n", "intents")]
    [InlineData("name: it\nagent: agent\nintents: [{agent: agent, connector: system, operation: act}]\nwant: {verdict: allow}\n", "agent")]
    [InlineData("name: it\nagent: agent\nconnector: system\noperation: act\nwant: {verdict: permit}\n", "want.verdict")]
    [InlineData("name: it\nagent: agent\nconnector: system\noperation: act\nwant: {verdict: block, reasons: [no_such_reason]}\n", "want.reasons[0]")]
    [InlineData("name: it\nagent: agent\nconnector: system\noperation: act\ntool: x\nwant: {verdict: block}\n", "tool")]
    [InlineData("name: it\nagent: stranger\nconnector: system\noperation: act\nwant: {verdict: block}\n", "workspace")]
    [InlineData("- a list\n", "")]
    public void AMistake_IsSaidWithItsPlace_AndThereAreNoCases(string yaml, string field)
    {
        var result = Read(new World(), Least + "---\n" + yaml);
        Assert.Empty(result.Cases);
        Assert.Contains(result.Errors, error => error.Field == field && error.Position.Line > 6);
    }

    [Fact]
    public void SeveralDocuments_AreSeveralCases_AndNothingBetweenTwoIsNone() =>
        Assert.Equal(2, Read(new World(), "# only a comment\n---\n" + Least + "---\n" + Least).Cases.Count);

    private static PolicyCaseResult Read(World world, string yaml) => PolicyCaseReader.Read([new SourceFile("cases.yaml", yaml)], world.Compile(), world.Now);
}
