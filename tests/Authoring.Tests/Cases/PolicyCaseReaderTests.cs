using System.Text;
using Gateway.Authoring.Cases;
using Gateway.Policy.Documents;
using Gateway.Policy.Evaluation;
using Gateway.Policy.Model;
using Gateway.Policy.Tests;

namespace Gateway.Authoring.Tests.Cases;

public sealed class PolicyCaseReaderTests
{
    private static readonly DateTimeOffset Now = new(2030, 1, 2, 12, 0, 0, TimeSpan.Zero);

    private const string Least = "name: it\nintent: {agent: agent, connector: system, operation: act}\nwant: {verdict: allow}\n";

    [Fact]
    public void ACase_TakesWhatItLeavesOutFromTheGovernance()
    {
        var one = Assert.Single(Read(new World { Data = "public", Environment = DeploymentEnvironment.Development }, Least).Items);

        var intent = Assert.Single(one.Intents).Intent;
        Assert.Equal(("demo", "main", "agent"), (intent.Tenant.ToString(), intent.Workspace.ToString(), intent.Agent.ToString()));
        Assert.Equal(
            ("POST", "https://system.example", "/act"),
            (intent.Target.Method, intent.Target.Authority, intent.Target.PathAndQuery)
        );
        Assert.Equal((AuthStrength.Signed, Door.Tool, DataClasses.Public), (intent.Strength, intent.Door, intent.Data));
        Assert.Equal(DeploymentEnvironment.Development, intent.Environment);
        Assert.Equal(new Facts(null, Now), one.Facts);
        Assert.Equal(new WantedAnswer(Verdict.Allow), one.Wanted);
    }

    [Fact]
    public void ACase_IsJudgedByTheRealEvaluator()
    {
        var world = new World();
        var one = Assert.Single(Read(world, Least).Items);
        var decision = Evaluator.Evaluate(world.Compile(), one.Intents[0].Intent, one.Facts);
        Assert.Empty(CaseComparison.Compare(one.Wanted, CaseAnswer.From(decision)));
    }

    [Fact]
    public void EverythingInACase_IsRead()
    {
        var one = Assert.Single(
            Read(
                new World(),
                """
                name: all of it
                intents:
                  - {agent: agent, connector: system, operation: act, strength: bearer, session: s-1, data: [pii], environment: staging,
                     args: {amount: 5, big: 007, text: "5", list: [true, null]}}
                  - {tenant: demo, agent: nobody, workspace: else, connector: nothing, operation: none, method: GET, path: /a?b=c,
                     door: openai, model: m, hostedTools: [web]}
                facts: {status: suspended, at: 2031-02-03T04:05:06Z, level: L2}
                want: {verdict: block, reasons: [agent_not_active], reasonsInclude: [], rules: [policy/rule], codes: [mine],
                  obligations: {log_detailed: true}}
                """
            ).Items
        );

        Assert.Equal(
            """{"amount":5,"big":"007","text":"5","list":[true,null]}""",
            Encoding.UTF8.GetString(one.Intents[0].Intent.Arguments.Span)
        );
        Assert.Equal(
            (AuthStrength.Bearer, "s-1", DataClasses.Pii, DeploymentEnvironment.Staging),
            (one.Intents[0].Intent.Strength, one.Intents[0].Intent.Session, one.Intents[0].Intent.Data, one.Intents[0].Intent.Environment)
        );
        Assert.Equal(("GET", "/a?b=c"), (one.Intents[1].Intent.Target.Method, one.Intents[1].Intent.Target.PathAndQuery));
        Assert.Equal(
            (Door.OpenAi, "m", DeploymentEnvironment.Production),
            (one.Intents[1].Intent.Door, one.Intents[1].Intent.Model, one.Intents[1].Intent.Environment)
        );
        Assert.Equal("web", Assert.Single(one.Intents[1].Intent.HostedTools).ToString());
        Assert.Equal(new Facts(LifecycleStatus.Suspended, new DateTimeOffset(2031, 2, 3, 4, 5, 6, TimeSpan.Zero), AtfLevel.L2), one.Facts);
        Assert.Equal([3, 5], one.Intents.Select(intent => intent.Source.Line));
        Assert.Equal(["agent_not_active"], one.Wanted.Reasons!);
        Assert.Equal(new Obligations(LogDetailed: true), one.Wanted.Obligations);
    }

    [Theory]
    [InlineData("name: it\nintent: {agent: agent, connector: system, operation: act}\n", "want")]
    [InlineData("intent: {agent: agent, connector: system, operation: act}\nwant: {verdict: allow}\n", "name")]
    [InlineData("name: it\nwant: {verdict: allow}\n", "intent")]
    [InlineData("name: it\nintents: []\nwant: {verdict: allow}\n", "intents")]
    [InlineData("name: it\nintent: {agent: agent}\nintents: []\nwant: {verdict: allow}\n", "intent")]
    [InlineData("name: it\nintent: {agent: agent, connector: system, operation: act}\nwant: {verdict: permit}\n", "want.verdict")]
    [InlineData(
        "name: it\nintent: {agent: agent, connector: system, operation: act}\nwant: {verdict: block, reasons: [no_such_reason]}\n",
        "want.reasons[0]"
    )]
    [InlineData("name: it\nintent: {agent: agent, connector: system, operation: act, tool: x}\nwant: {verdict: block}\n", "intent.tool")]
    [InlineData("name: it\nintent: {agent: stranger, connector: system, operation: act}\nwant: {verdict: block}\n", "intent.workspace")]
    [InlineData(
        "name: it\nintent: {agent: agent, connector: system, operation: act}\nfacts: {at: today}\nwant: {verdict: block}\n",
        "facts.at"
    )]
    [InlineData("- a list\n", "")]
    public void AMistake_IsSaidWithItsPlace_AndThereAreNoCases(string yaml, string field)
    {
        var result = Read(new World(), Least + "---\n" + yaml);
        Assert.Empty(result.Items);
        Assert.Contains(result.Errors, error => error.Field == field && error.Position.Line > 4);
    }

    [Fact]
    public void SeveralDocuments_AreSeveralCases_AndNothingBetweenTwoIsNone() =>
        Assert.Equal(2, Read(new World(), "# only a comment\n---\n" + Least + "---\n" + Least).Items.Count);

    private static ReadResult<PolicyCase> Read(World world, string yaml) =>
        PolicyCaseReader.Read([new SourceFile("cases.yaml", yaml)], world.Compile(), Now);
}
