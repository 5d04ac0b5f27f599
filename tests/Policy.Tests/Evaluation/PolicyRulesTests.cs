using Gateway.Policy.Evaluation;
using Gateway.Policy.Model;

namespace Gateway.Policy.Tests.Evaluation;

public sealed class PolicyRulesTests
{
    private const string AnyGate = "active: true, actions: [read, write, delete]";

    [Fact]
    public void Rules_ThatMatchNothing_ChangeNothing()
    {
        var decision = new World { Rules = ["{name: other, effect: block, match: {tool_names: [system/other]}}"] }.Judge();

        Assert.Equal(Verdict.Allow, decision.Verdict);
        Assert.Empty(decision.Rules);
        Assert.Empty(decision.Reasons);
    }

    [Theory]
    [InlineData("tool_names: [system/act]")]
    [InlineData("connectors: [system]")]
    [InlineData("actions: [read]")]
    [InlineData("connectors: [system], actions: [read], tool_names: [system/act]")]
    [InlineData("identities: [agent]")]
    [InlineData("risk_classes: [low]")]
    [InlineData("target_kinds: [url]")]
    [InlineData("destination_values: ['https://system.example:443/act']")]
    [InlineData("data_classes: [internal]")]
    [InlineData("context_autonomy_levels: [l4]")]
    public void ABlockingRule_ThatMatches_Blocks(string match)
    {
        var decision = new World
        {
            Data = "internal, public",
            Rules = [$"{{name: no, effect: block, reason_codes: [not_today], match: {{{match}}}}}"],
        }.Judge();

        Assert.Equal(Verdict.Block, decision.Verdict);
        Assert.Equal([ReasonCode.PolicyRule], decision.Reasons);
        var entry = Assert.Single(decision.Rules);
        Assert.Equal(("policy", Verdict.Block, "no", "not_today"), (entry.Policy, entry.Verdict, entry.Rules[0], entry.ReasonCodes[0]));
        Assert.Equal("world.yaml", entry.Source.File);
    }

    [Theory]
    [InlineData("tool_names: [system/other]")]
    [InlineData("connectors: [other]")]
    [InlineData("actions: [write, delete]")]
    [InlineData("identities: [somebody]")]
    [InlineData("risk_classes: [high]")]
    [InlineData("data_classes: [pii]")]
    public void ABlockingRule_ThatDoesNotMatch_DoesNotBlock(string match) =>
        Assert.Equal(
            Verdict.Allow,
            new World { Data = "internal", Rules = [$"{{name: no, effect: block, match: {{{match}}}}}"] }
                .Judge()
                .Verdict
        );

    [Fact]
    public void AnAllowRule_NeverLiftsWhatTheControlsBlock() =>
        Assert.Equal(
            Verdict.Block,
            new World { Permission = false, Rules = ["{name: yes, effect: allow}"] }
                .Judge()
                .Verdict
        );

    [Fact]
    public void AnAllowRule_NeverLiftsADemandedApproval() =>
        Assert.Equal(
            Verdict.RequireApproval,
            new World
            {
                HumanApproval = true,
                Gate = AnyGate,
                Rules = ["{name: yes, effect: allow}"],
            }
                .Judge()
                .Verdict
        );

    [Fact]
    public void ARuleThatAsksForApproval_GetsItFromAGate()
    {
        var decision = new World { Gate = AnyGate, Rules = ["{name: ask, effect: require_approval, min_approvals: 2}"] }.Judge();

        Assert.Equal(Verdict.RequireApproval, decision.Verdict);
        Assert.Equal([ReasonCode.ApprovalRequired, ReasonCode.PolicyRule], decision.Reasons);
        Assert.Equal(2, decision.ApprovalsNeeded);
        Assert.Single(decision.Approvals);
    }

    [Fact]
    public void ARuleThatAsksForApproval_WhereNobodyCouldGiveIt_Blocks()
    {
        var decision = new World { Rules = ["{name: ask, effect: require_approval}"] }.Judge();

        Assert.Equal(Verdict.Block, decision.Verdict);
        Assert.Equal([ReasonCode.PolicyRule, ReasonCode.ApprovalGateMissing], decision.Reasons);
    }

    [Fact]
    public void ADegradeRule_BringsItsObligations()
    {
        var decision = new World
        {
            IsModel = true,
            Door = Door.OpenAi,
            Rules = ["{name: less, effect: degrade, obligations: {max_tokens: 50}}"],
            MaxTokens = 70,
        }.Judge();

        Assert.Equal((Verdict.Degrade, 50), (decision.Verdict, decision.Obligations.MaxTokens!.Value));
    }

    [Fact]
    public void DryRun_IsAnObligation() =>
        Assert.True(
            new World { Rules = ["{name: try, effect: dry_run}"] }.Judge() is { Verdict: Verdict.Degrade, Obligations.DryRun: true }
        );

    [Fact]
    public void AnAllowRule_CanAskForMoreLogging() =>
        Assert.True(
            new World { Rules = ["{name: log, effect: allow, obligations: {log_detailed: true}}"] }.Judge()
                is { Verdict: Verdict.Allow, Obligations.LogDetailed: true }
        );

    [Fact]
    public void AllObligations_OfAllRulesThatMatch_Count() =>
        Assert.True(
            new World { Rules = ["{name: log, effect: allow, obligations: {log_detailed: true}}", "{name: try, effect: dry_run}"] }.Judge()
                is { Verdict: Verdict.Degrade, Obligations: { LogDetailed: true, DryRun: true } }
        );

    [Fact]
    public void TheStrictestRule_Wins() =>
        Assert.Equal(
            Verdict.Block,
            new World
            {
                Gate = AnyGate,
                Rules =
                [
                    "{name: a, effect: allow}",
                    "{name: b, effect: require_approval}",
                    "{name: c, effect: block, priority: 9}",
                    "{name: d, effect: dry_run}",
                ],
            }
                .Judge()
                .Verdict
        );

    [Fact]
    public void FirstTier_OnlyTheFirstPriorityCounts() =>
        Assert.Equal(
            Verdict.Allow,
            new World
            {
                Policy = "combine: first-tier",
                Rules = ["{name: a, effect: allow, priority: 1}", "{name: c, effect: block, priority: 9}"],
            }
                .Judge()
                .Verdict
        );

    [Fact]
    public void ADefaultVerdict_CountsWhereNoRuleAllows()
    {
        Assert.Equal(
            Verdict.Block,
            new World { Policy = "default_verdict: block", Rules = ["{name: a, effect: allow, match: {actions: [write]}}"] }
                .Judge()
                .Verdict
        );
        Assert.Equal(
            Verdict.Allow,
            new World { Policy = "default_verdict: block", Rules = ["{name: a, effect: allow, match: {actions: [read]}}"] }
                .Judge()
                .Verdict
        );
    }

    [Theory]
    [InlineData("agent.name == 'agent' && agent.workspace == 'main' && agent.tenant == 'demo'")]
    [InlineData("agent.level == 4 && agent.risk == 'low' && agent.purposes == ['answers', 'research']")]
    [InlineData("agent.human_owner == 'Ada Sample' && agent.security_owner == 'Ben Sample'")]
    [InlineData("intent.tool == 'system/act' && intent.connector == 'system' && intent.operation == 'act'")]
    [InlineData("intent.action == 'read' && intent.risk == 'low' && !intent.external")]
    [InlineData("intent.environment == 'development' && 'internal' in intent.data && size(intent.data) == 1")]
    [InlineData("intent.model == '' && intent.door == 'tool' && intent.strength == 'signed'")]
    [InlineData("intent.method == 'POST' && intent.authority == 'https://system.example:443' && intent.path == '/act'")]
    [InlineData("size(query) == 0")]
    [InlineData("args.amount > 100 && args.to.all(t, t.endsWith('@example.org'))")]
    [InlineData("session.id == ''")]
    [InlineData("time.getHours() == 12 && time < timestamp('2030-01-02T12:00:01Z')")]
    [InlineData("facts.status == '' && facts.level == 0")]
    public void ACondition_ReadsEveryVariable(string when)
    {
        var world = new World
        {
            Data = "internal",
            Purposes = "answers, research",
            Arguments = """{"amount": 101, "to": ["a@example.org"]}""",
        };

        Assert.Equal(Verdict.Block, (world with { Rules = [$"{{name: no, effect: block, when: \"{when}\"}}"] }).Judge().Verdict);
        Assert.Equal(Verdict.Allow, (world with { Rules = [$"{{name: no, effect: block, when: \"!({when})\"}}"] }).Judge().Verdict);
    }

    [Theory]
    [InlineData("?scope=all", "query.scope == ['all']")]
    [InlineData("?a=1&scope=own&scope=all&", "'all' in query.scope && size(query) == 2")]
    [InlineData("?sc%6Fpe=%61ll", "query.scope == ['all']")]
    [InlineData("?q=a+b%20c%2Bd", "query.q == ['a b c+d']")]
    [InlineData("?flag&x=", "query.flag == [''] && query.x == ['']")]
    [InlineData("?x=a=b", "query.x == ['a=b'] && !has(query.y)")]
    public void ACondition_ReadsTheQuerysParametersDecoded(string query, string when)
    {
        var world = new World { Rules = [$"{{name: no, effect: block, when: \"{when}\"}}"] };
        var intent = world.Intent();

        var decision = Evaluator.Evaluate(
            world.Compile(),
            intent with
            {
                Target = intent.Target with { PathAndQuery = "/act" + query },
            },
            world.Facts
        );

        Assert.Equal(["no"], Assert.Single(decision.Rules).Rules);
    }

    [Fact]
    public void AConditionInError_AppliesARestriction_AndNoPermission()
    {
        var world = new World { Arguments = """{"amount": "a lot"}""" };

        Assert.Equal(Verdict.Block, (world with { Rules = ["{name: no, effect: block, when: 'args.amount > 100'}"] }).Judge().Verdict);
        Assert.Equal(
            Verdict.Block,
            (world with { Policy = "default_verdict: block", Rules = ["{name: yes, effect: allow, when: 'args.amount > 100'}"] })
                .Judge()
                .Verdict
        );
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void PermissionsThatCannotBeTold_SayNothing(int count)
    {
        var decision = new World
        {
            Rules = [.. Enumerable.Range(0, count).Select(i => $"{{name: r{i}, effect: allow, when: '1 / 0 == 1'}}")],
        }.Judge();

        Assert.Equal(Verdict.Allow, decision.Verdict);
        Assert.Empty(Assert.Single(decision.Rules).Rules);
        Assert.Empty(decision.Rules[0].ReasonCodes);
    }

    [Fact]
    public void ARuleWithADemandThatNobodyHereCanMeet_Blocks() =>
        Assert.Equal(
            (Verdict.Block, "broker_credential_missing"),
            new World { Rules = ["{name: b, effect: allow, require_broker_credential: true}"] }.Judge() is var d
                ? (d.Verdict, d.Rules[0].ReasonCodes[0])
                : default
        );

    [Fact]
    public void RulesOfAnotherTenant_SayNothing() =>
        Assert.Equal(
            Verdict.Allow,
            new World
            {
                More = """
                apiVersion: gateway/v1
                kind: Tenant
                metadata: {name: other}
                spec: {}
                ---
                apiVersion: gateway/v1
                kind: Policy
                metadata: {tenant: other, name: theirs}
                spec: {rules: [{name: no, effect: block}]}

                """,
            }
                .Judge()
                .Verdict
        );

    [Fact]
    public void ADeletingOperation_WithAMatchingAllowRule_NeedsApproval() =>
        Assert.Equal(
            Verdict.RequireApproval,
            new World
            {
                Action = "delete",
                Gate = AnyGate,
                Rules = ["{name: yes, effect: allow}"],
            }
                .Judge()
                .Verdict
        );

    [Fact]
    public void ADeletingOperation_ThatNoRuleIsAbout_IsForTheControlsToJudge() =>
        Assert.Equal(
            new World { Action = "delete", Gate = AnyGate }
                .Judge()
                .Verdict,
            new World
            {
                Action = "delete",
                Gate = AnyGate,
                Rules = ["{name: no, effect: block, when: 'intent.method == \"GET\"'}"],
            }
                .Judge()
                .Verdict
        );

    [Fact]
    public void HostedTools_AreJudgedByTheRulesAsOperationsOfTheirOwn()
    {
        var world = new World
        {
            IsModel = true,
            Door = Door.OpenAi,
            HostedTools = ["{name: web_search, action: read, risk: low}"],
            Rules = ["{name: no-search, effect: block, match: {tool_names: [system/web_search]}}"],
        };

        Assert.Equal(Verdict.Block, world.Judge().Verdict);
        Assert.Equal(Verdict.Allow, (world with { HostedTools = [] }).Judge().Verdict);
    }
}
