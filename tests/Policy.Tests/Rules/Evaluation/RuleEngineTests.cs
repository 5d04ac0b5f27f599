using System.Text;
using Gateway.Policy.Model;
using Gateway.Policy.Rules.Documents;
using Gateway.Policy.Rules.Evaluation;
using Gateway.Policy.Rules.Intents;

namespace Gateway.Policy.Tests.Rules.Evaluation;

public sealed class RuleEngineTests
{
    private const string TwoTiers = """
        default_verdict: block
        rules:
          - {name: first, priority: 1, effect: allow}
          - {name: second, priority: 2, effect: block}
        """;

    [Fact]
    public void FirstTier_IgnoresLaterPriorities() => Assert.Equal(Verdict.Allow, Sample.Judge(TwoTiers, Sample.Intent()).Verdict);

    [Fact]
    public void Strictest_CountsEveryRule()
    {
        var policy = Sample.Policy(TwoTiers) with { Combine = RuleCombine.Strictest };

        var outcome = new RuleEngine(policy).Evaluate(Sample.Intent(), Sample.Facts);

        Assert.Equal(Verdict.Block, outcome.Verdict);
        Assert.Equal(["matched_rule_second"], outcome.ReasonCodes);
        Assert.Equal(["first", "second"], outcome.MatchedRules);
    }

    [Fact]
    public void Strictest_WithoutARuleThatGrants_KeepsTheDefault()
    {
        var policy = Sample.Policy("default_verdict: block\nrules: [{name: a, effect: require_approval}]") with
        {
            Combine = RuleCombine.Strictest,
        };

        Assert.Equal(Verdict.Block, new RuleEngine(policy).Evaluate(Sample.Intent(), Sample.Facts).Verdict);
    }

    [Fact]
    public void Strictest_GrantsOnlyWhatCoversEveryTarget()
    {
        var policy = Sample.Policy("default_verdict: block\nrules: [{name: a, effect: allow, match: {target_values: [api.ok]}}]");
        var intent = Sample.Intent(
            targets: "[{\"kind\": \"host\", \"value\": \"api.ok\"}, {\"kind\": \"host\", \"value\": \"evil.example\"}]"
        );

        Assert.Equal(Verdict.Block, new RuleEngine(policy with { Combine = RuleCombine.Strictest }).Evaluate(intent, Sample.Facts).Verdict);
    }

    /// <summary>
    /// What a rule says to the actions that pass its checks is made once; what it says to one that fails them isn't that, whichever came
    /// first.
    /// </summary>
    [Fact]
    public void Rule_SaysToEachActionWhatItsOwnChecksFind()
    {
        var engine = new RuleEngine(Sample.Policy("default_verdict: block\nrules: [{name: a, effect: allow}]"));
        var (read, delete) = (
            Sample.Intent(),
            Sample.Intent(
                targets: "[{\"kind\": \"path\", \"value\": \"/repo/app/x\", \"operation\": \"delete\", \"endpoint_class\": \"fs.delete\"}]"
            )
        );
        RuleIntent[] asked = [delete, read, delete, read];

        var verdicts = asked.Select(intent => engine.Evaluate(intent, Sample.Facts)).ToArray();

        Assert.Equal(
            [Verdict.RequireApproval, Verdict.Allow, Verdict.RequireApproval, Verdict.Allow],
            verdicts.Select(outcome => outcome.Verdict)
        );
        Assert.Equal(["matched_rule_a"], verdicts[3].ReasonCodes);
        Assert.Contains("destructive_apply_requires_approval", verdicts[2].ReasonCodes);
    }

    [Fact]
    public void Condition_ThatNobodyCompiled_DoesNotGrantAndDoesRestrict()
    {
        Assert.Equal(Verdict.RequireApproval, Conditional(Verdict.Allow, null).Verdict);
        Assert.Equal(Verdict.Block, Conditional(Verdict.Block, null).Verdict);
    }

    [Theory]
    [InlineData(ConditionAnswer.True, Verdict.Allow)]
    [InlineData(ConditionAnswer.False, Verdict.RequireApproval)]
    [InlineData(ConditionAnswer.Error, Verdict.RequireApproval)]
    public void Condition_DecidesWhetherTheRuleApplies(ConditionAnswer answer, Verdict verdict) =>
        Assert.Equal(verdict, Conditional(Verdict.Allow, (_, _) => answer).Verdict);

    [Fact]
    public void Evaluate_WithoutTheStateOfTheKillSwitch_Blocks()
    {
        var outcome = Sample.Judge("default_verdict: allow", Sample.Intent(), Sample.Facts with { KillSwitch = KillSwitch.Unavailable });

        Assert.Equal(Verdict.Block, outcome.Verdict);
        Assert.Equal(["kill_switch_state_unavailable"], outcome.ReasonCodes);
    }

    [Fact]
    public void KillSwitch_ForATool_MeetsAScriptThatHasItInAStep()
    {
        var stop = new KillSwitch(KillSwitchStatus.Known, [new KillSwitchEntry { EntryId = "e", ToolName = "tool.exec" }]);
        var intent = Sample.Intent(more: ", \"script\": {\"steps\": [{\"tool_name\": \"tool.read\"}, {\"tool_name\": \"tool.exec\"}]}");

        var outcome = Sample.Judge("default_verdict: allow", intent, Sample.Facts with { KillSwitch = stop });

        Assert.Equal(Verdict.Block, outcome.Verdict);
        Assert.Contains("kill_switch_tool_name_active", outcome.ReasonCodes);
    }

    [Theory]
    [InlineData("{\"schema_id\":\"gait.gate.kill_switch_state\"}")]
    [InlineData("{\"created_at\":\"2026-01-01T00:00:00Z\",\"updated_at\":\"2026-01-01T00:00:00Z\",\"entries\":[{\"enabled\":\"yes\"}]}")]
    [InlineData("not json")]
    [InlineData("")]
    public void KillSwitch_ThatCannotBeRead_IsUnavailable(string json) =>
        Assert.Equal(KillSwitchStatus.Unavailable, KillSwitchReader.Read(Encoding.UTF8.GetBytes(json)).Status);

    [Fact]
    public void McpTrust_OfAnUnknownServer_TightensWhateverTheRulesSaid()
    {
        const string Yaml = "default_verdict: dry_run\nmcp_trust: {snapshot: s.json}";
        var call = new McpCall(new McpServer("x"), McpTrustSnapshot.Unavailable);

        var high = Sample.Judge(Yaml, Sample.Intent(risk: "high"), Sample.Facts with { Mcp = call });
        var unknown = Sample.Judge(Yaml, Sample.Intent(risk: "hgih"), Sample.Facts with { Mcp = call });
        var low = Sample.Judge(Yaml, Sample.Intent(), Sample.Facts with { Mcp = call });

        Assert.Equal((Verdict.Block, Verdict.Block, Verdict.Degrade), (high.Verdict, unknown.Verdict, low.Verdict));
        Assert.Contains("mcp_trust_policy", high.Violations);
    }

    [Fact]
    public void ContextEvidence_ThatTheCallerContradicts_IsAnError()
    {
        var facts = Sample.Facts with { Evidence = new ContextEvidence(new string('a', 64), "required", [], 5) };
        var claim = Sample.Intent(context: $", \"context_set_digest\": \"{new string('b', 64)}\"");

        var outcome = Sample.Judge("default_verdict: allow", claim, facts);

        Assert.Equal(Verdict.Block, outcome.Verdict);
        Assert.NotEmpty(outcome.Errors);
    }

    [Fact]
    public void Inventory_TakesThePlaceOfClaims()
    {
        const string Yaml = "default_verdict: block\nrules: [{name: a, effect: allow, match: {context_data_classes: [public]}}]";
        var claim = Sample.Intent(context: ", \"auth_context\": {\"wrkr.data_class\": \"public\"}");
        var inventory = new Dictionary<string, ToolMetadata> { ["tool.read"] = new("tool.read", "secret") };

        Assert.Equal(Verdict.Allow, Sample.Judge(Yaml, claim).Verdict);
        Assert.Equal(Verdict.Block, Sample.Judge(Yaml, claim, Sample.Facts with { Inventory = inventory }).Verdict);
    }

    [Fact]
    public void Limits_OfSeveralRules_AllCount()
    {
        var outcome = Sample.Judge(
            """
            rules:
              - {name: a, effect: allow, rate_limit: {requests: 3, window: hour, scope: identity}}
              - {name: b, effect: allow, rate_limit: {requests: 2, window: minute, scope: tool}}
            """,
            Sample.Intent()
        );

        Assert.Equal([3, 2], outcome.RateLimits.Select(limit => limit.Requests));
    }

    [Fact]
    public void Default_OfAnOutcome_Blocks() => Assert.Equal(Verdict.Block, new RuleOutcome().Verdict);

    private static RuleOutcome Conditional(Verdict effect, RuleCondition? condition)
    {
        var rule = new RuleDefinition
        {
            Name = "c",
            Effect = effect,
            Condition = new ConditionText("x", default),
        };
        var policy = new RulePolicy
        {
            Combine = RuleCombine.FirstTier,
            DefaultVerdict = Verdict.RequireApproval,
            Rules = [rule],
        };
        return new RuleEngine(policy, _ => condition).Evaluate(Sample.Intent(), Sample.Facts);
    }
}
