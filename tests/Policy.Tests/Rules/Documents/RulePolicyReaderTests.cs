using Gateway.Policy.Model;
using Gateway.Policy.Rules.Documents;

namespace Gateway.Policy.Tests.Rules.Documents;

public sealed class RulePolicyReaderTests
{
    [Fact]
    public void Read_OfSeveralFaults_GivesAllOfThemWithPositions()
    {
        var errors = Sample.Errors(
            "default_verdict: alow\nrules:\n  - name: a\n    effect: block\n    mach: {}\n  - effect: allow\n    priority: high\n"
        );

        Assert.Contains("rules.yaml:1:18", errors, StringComparison.Ordinal);
        Assert.Contains("Did you mean 'allow'?", errors, StringComparison.Ordinal);
        Assert.Contains(
            "rules.yaml:5:5: rules[0].mach: This is an unknown field: 'mach'. Did you mean 'match'?",
            errors,
            StringComparison.Ordinal
        );
        Assert.Contains("rules[1].name: A rule needs a name.", errors, StringComparison.Ordinal);
        Assert.Contains("rules[1].priority: Expected a whole number.", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rules: [{name: a, effect: allow, effect: block}]")]
    [InlineData("rules: &r [{name: a, effect: allow}]")]
    [InlineData("rules: [{name: a, effect: allow, when: \"true\"}]")]
    [InlineData("rules: [{name: a, effect: allow, action: block}]")]
    [InlineData("rules: [{name: a}]")]
    [InlineData("rules: [{name: a, effect: allow, endpoint: {path_denylist: [\"/a[\"]}}]")]
    [InlineData("rules: [{name: a, effect: allow, endpoint: {egress_classes: [fs.read]}}]")]
    [InlineData("rules: [{name: a, effect: allow, freeze_window: {windows: [{start: x, end: y}]}}]")]
    [InlineData("rules: [{name: a, effect: allow, freeze_window: {timezone: UTC}}]")]
    [InlineData("rules: [{name: a, effect: allow, min_approvals: -1}]")]
    [InlineData("rules: [{name: a, effect: allow, required_agent_manifest_digest: abc}]")]
    [InlineData("mcp_trust: {action: block}")]
    [InlineData("mcp_trust: {snapshot: a, max_age: forever}")]
    [InlineData("mcp_trust: {snapshot: a, min_score: 2}")]
    [InlineData("schema_id: other")]
    [InlineData("- a")]
    [InlineData("{}\n---\n{}")]
    public void Read_OfAFileThatIsWrong_RefusesIt(string yaml) => Assert.NotEmpty(Sample.Errors(yaml));

    [Theory]
    [InlineData("")]
    [InlineData("# nothing\n")]
    [InlineData("{}")]
    public void Read_OfAnEmptyFile_NeedsApprovalForEverything(string yaml)
    {
        var policy = Sample.Policy(yaml);

        Assert.Equal(Verdict.RequireApproval, policy.DefaultVerdict);
        Assert.Empty(policy.Rules);
    }

    [Fact]
    public void Read_OfConstraints_SwitchesThemOnByWhatTheySay()
    {
        var rule = Sample
            .Policy(
                """
                rules:
                  - name: a
                    effect: allow
                    endpoint: {action: block, reason_code: x}
                    dataflow: {action: block}
                    sandbox: {max_timeout_seconds: 0}
                    freeze_window: {enabled: false}
                """
            )
            .Rules[0];

        Assert.Null(rule.Endpoint);
        Assert.Null(rule.Dataflow);
        Assert.NotNull(rule.Sandbox);
        Assert.Null(rule.Freeze);
    }

    [Fact]
    public void Digest_IsThatOfTheMeaning_NotOfTheText()
    {
        var written = Sample.Policy(
            "default_action: block\nrules:\n"
                + "- {name: b, action: allow, match: {tool_name: X, risk_classes: [low, HIGH, low]}}\n- {name: a, effect: block}\n"
        );
        var other = Sample.Policy(
            "# same\nrules:\n- {name: a, effect: block}\n"
                + "- {effect: allow, name: b, match: {tool_names: [x], risk_classes: [high, low]}}\ndefault_verdict: block\n"
        );

        Assert.Equal(PolicyCanonicalForm.Digest(written), PolicyCanonicalForm.Digest(other));
        Assert.NotEqual(PolicyCanonicalForm.Digest(written), PolicyCanonicalForm.Digest(written with { Combine = RuleCombine.Strictest }));
    }
}
