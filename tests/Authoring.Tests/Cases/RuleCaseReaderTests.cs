using Gateway.Authoring.Cases;
using Gateway.Policy.Documents;
using Gateway.Policy.Rules.Documents;
using Gateway.Policy.Rules.Evaluation;

namespace Gateway.Authoring.Tests.Cases;

public sealed class RuleCaseReaderTests
{
    private static readonly DateTimeOffset Now = new(2030, 1, 2, 12, 0, 0, TimeSpan.Zero);

    private const string Intent = "{tool_name: tool.read, args: {}, targets: [], context: {identity: a, workspace: /w, risk_class: low}}";

    private const string Rules = """
        default_verdict: block
        rules:
          - {name: reads, effect: allow, match: {tool_names: [tool.read]}}
        """;

    [Theory]
    [InlineData($"name: it\nintent: {Intent}\nwant: {{verdict: allow, reasons: [matched_rule_reads], rules: [reads]}}\n")]
    [InlineData($"name: it\nintents: [{Intent}, {Intent}]\nwant: {{verdict: allow}}\n")]
    [InlineData("name: unreadable\nintent: {tool_name: tool.read}\nwant: {verdict: block, reasons: [intent_invalid]}\n")]
    [InlineData(
        $"name: stopped\nintent: {Intent}\n"
            + "facts: {at: 2030-01-01T00:00:00Z, kill_switch: {created_at: \"2029-01-01T00:00:00Z\", updated_at: \"2029-01-01T00:00:00Z\", "
            + "entries: [{entry_id: e, enabled: true, tool_name: tool.read, created_at: \"2029-01-01T00:00:00Z\"}]}}\n"
            + "want: {verdict: block, reasonsInclude: [kill_switch_active]}\n"
    )]
    public void ACase_IsJudgedByTheRules(string yaml)
    {
        var one = Assert.Single(Read(yaml).Items);
        var report = CaseReport.Run(one, Engine());
        Assert.True(report.Passed, string.Join("; ", report.Failures.SelectMany(failure => failure.Differences)));
    }

    [Fact]
    public void AnIntentThatIsBlocked_ShowsWhatWasWantedAndGot()
    {
        var one = Assert.Single(
            Read(
                $"name: it\nintent: {Intent.Replace("tool.read", "tool.write", StringComparison.Ordinal)}\nwant: {{verdict: allow}}\n"
            ).Items
        );
        var failure = Assert.Single(CaseReport.Run(one, Engine()).Failures);
        Assert.Equal("verdict: wanted allow, got block", Assert.Single(failure.Differences).ToString());
        Assert.Equal(2, failure.Source.Line);
    }

    [Theory]
    [InlineData("name: it\nwant: {verdict: allow}\n", "intent")]
    [InlineData($"name: it\nintent: {Intent}\nintents: [{Intent}]\nwant: {{verdict: allow}}\n", "intent")]
    [InlineData($"name: it\nintent: {Intent}\n", "want")]
    [InlineData($"name: it\nintent: {Intent}\nfacts: {{kill_switch: {{}}}}\nwant: {{verdict: allow}}\n", "facts.kill_switch")]
    [InlineData($"name: it\nintent: {Intent}\nfacts: {{inventory: 5}}\nwant: {{verdict: allow}}\n", "facts.inventory")]
    [InlineData(
        $"name: it\nintent: {Intent}\nfacts: {{context_envelope: {{records: []}}}}\nwant: {{verdict: allow}}\n",
        "facts.context_envelope"
    )]
    [InlineData(
        $"name: it\nintent: {Intent}\nfacts: {{mcp_server: s, mcp_snapshot: []}}\nwant: {{verdict: allow}}\n",
        "facts.mcp_snapshot"
    )]
    [InlineData($"name: it\nintent: {Intent}\nfacts: {{now: 2030-01-01T00:00:00Z}}\nwant: {{verdict: allow}}\n", "facts.now")]
    public void AMistake_IsSaid_AndThereAreNoCases(string yaml, string field)
    {
        var result = Read(yaml);
        Assert.Empty(result.Items);
        Assert.Contains(result.Errors, error => error.Field == field);
    }

    private static RuleEngine Engine()
    {
        Assert.True(RulePolicyReader.Read(new SourceFile("rules.yaml", Rules)).TryGet(out var policy));
        return new RuleEngine(policy);
    }

    private static ReadResult<RuleCase> Read(string yaml) => RuleCaseReader.Read([new SourceFile("cases.yaml", yaml)], Now);
}
