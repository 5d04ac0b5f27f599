using Gateway.Cel.Text;
using Gateway.Policy.Model;
using Gateway.Policy.Rules.Documents;
using Gateway.Policy.Rules.Intents;

namespace Gateway.Policy.Rules.Evaluation;

/// <summary>
/// A policy's rules, ready to judge intents. Pure: the same intent and facts always give the same outcome. Immutable and thread-safe.
/// </summary>
public sealed class RuleEngine
{
    private readonly RulePolicy _policy;
    private readonly RuleIndex _index;
    private readonly Func<ConditionText, RuleCondition?>? _compile;
    private readonly IReadOnlyList<RuleTool> _tools;
    private readonly Func<ConditionText, IReadOnlyList<RuleGuard>>? _guards;

    /// <param name="compile">Gives the function for a rule's condition, or null where it can't be compiled; without it every condition is
    /// in error.</param>
    /// <param name="tools">The tools of a gateway, for rules that match connectors and actions; none for a bare file.</param>
    /// <param name="guards">Gives what tells without asking a condition that it is false; without it every condition is asked.</param>
    public RuleEngine(
        RulePolicy policy,
        Func<ConditionText, RuleCondition?>? compile = null,
        IReadOnlyList<RuleTool>? tools = null,
        Func<ConditionText, IReadOnlyList<RuleGuard>>? guards = null
    )
    {
        (_policy, _compile, _tools, _guards) = (policy, compile, tools ?? [], guards);
        _index = new RuleIndex(
            [
                .. policy
                    .Rules.OrderBy(rule => rule.Priority)
                    .ThenBy(rule => rule.Name, CodePointOrder.Instance)
                    .Select((rule, i) => new CompiledRule(rule, rule.Condition is { } text ? compile?.Invoke(text) : null, i)),
            ],
            _tools,
            rule => rule.Rule.Condition is { } text ? guards?.Invoke(text) ?? [] : []
        );
    }

    internal RulePolicy Policy => _policy;

    /// <summary>The rules that may match a tool, in the order in which they count.</summary>
    public IEnumerable<RuleDefinition> RulesFor(string toolName) => _index.For(toolName).InOrder();

    /// <summary>The same without the rules of a name.</summary>
    internal RuleEngine Without(string rule) =>
        new(_policy with { Rules = [.. _policy.Rules.Where(r => r.Name != rule)] }, _compile, _tools, _guards);

    /// <summary>Whether it can't say anything about a tool, so that nobody need ask.</summary>
    public bool IsSilentOn(string toolName) =>
        _policy is { IsOverlay: true, DefaultVerdict: Verdict.Allow, FailClosed.Enabled: false } && _index.For(toolName).IsEmpty;

    /// <summary>Judges what a reader made of a request; a request that couldn't be read is blocked.</summary>
    public RuleOutcome Evaluate(IntentResult read, RuleFacts facts) =>
        read.TryGet(out var intent) ? Evaluate(intent, facts) : Unreadable(read);

    public RuleOutcome Evaluate(RuleIntent intent, RuleFacts facts)
    {
        // 1 The caller's claims about its context give way to verified evidence.
        var ready = intent;
        if (NeedsPreparation(intent, facts) && IntentPreparation.Prepare(intent, facts) is var prepared && !prepared.TryGet(out ready))
        {
            return Unreadable(prepared);
        }

        // 2 What a high-risk intent must say.
        if (_policy.FailClosed.AppliesTo(ready.Context.RiskClass) && FailClosedCheck.Check(_policy.FailClosed, ready) is { } incomplete)
        {
            return incomplete;
        }

        // 3 Emergency stops that nobody can read stop everything.
        if (facts.KillSwitch.Status == KillSwitchStatus.Unavailable)
        {
            string[] unavailable = ["kill_switch_state_unavailable"];
            return RuleOutcome.Blocked(unavailable, unavailable) with
            {
                KillSwitch = new KillSwitchDecision("unavailable", unavailable, []),
            };
        }

        // 4 The rules, for each step of a script.
        var outcome = ready.IsScript
            ? ScriptEvaluation.Evaluate(_policy, ready, step => EvaluateAction(step, facts))
            : EvaluateAction(ready, facts);

        // 5 What only tightens: trust in the MCP server, and the emergency stops last, since nothing may undo them.
        outcome = ApplyKillSwitch(ready, facts, ApplyTrust(ready, facts, outcome));
        return ready.IsDestructive ? outcome with { Destructive = true } : outcome;
    }

    /// <summary>Whether anything is said or verified about the context.</summary>
    private static bool NeedsPreparation(RuleIntent intent, RuleFacts facts) =>
        facts.Evidence is not null
        || intent.Context.Evidence is not { SetDigest.Length: 0, Mode.Length: 0, AgeSeconds: null, Refs.Count: 0 };

    private RuleOutcome EvaluateAction(RuleIntent action, RuleFacts facts)
    {
        var intent = facts.Inventory is { } inventory ? IntentPreparation.WithTool(action, inventory) : action;
        return FindingMerge.Merge(
            RuleSelection.Select(_policy, _index.For(intent.ToolName), intent, facts),
            _policy.Combine == RuleCombine.Strictest
        );
    }

    private RuleOutcome ApplyTrust(RuleIntent intent, RuleFacts facts, RuleOutcome outcome)
    {
        if (_policy.McpTrust is not { } section || facts.Mcp is not { } call)
        {
            return outcome;
        }

        var trust = McpTrust.Evaluate(section, call, intent.Context.RiskClass, facts.Now);
        var tightened = trust.Enforced
            ? outcome.Tighten(section.Action, trust.ReasonCodes, ["mcp_trust_policy"])
            : outcome with
            {
                ReasonCodes = CodeList.Merge(outcome.ReasonCodes, trust.ReasonCodes),
            };
        return tightened with { McpTrust = trust };
    }

    private static RuleOutcome ApplyKillSwitch(RuleIntent intent, RuleFacts facts, RuleOutcome outcome)
    {
        if (facts.KillSwitch.Status == KillSwitchStatus.NotUsed)
        {
            return outcome;
        }

        var decision = KillSwitchCheck.Check(facts.KillSwitch, intent, facts.Now);
        var tightened =
            decision.ReasonCodes.Count > 0 ? outcome.Tighten(Verdict.Block, decision.ReasonCodes, ["kill_switch_active"]) : outcome;
        return tightened with { KillSwitch = decision };
    }

    private RuleOutcome Unreadable(IntentResult read) =>
        _policy.FailClosed.AppliesTo(read.RiskClass)
            ? RuleOutcome.Blocked(["fail_closed_intent_invalid"], ["intent_not_evaluable"])
            : new RuleOutcome
            {
                Verdict = Verdict.Block,
                Errors = read.Errors.Count > 0 ? read.Errors : [new IntentError("", "It couldn't be read.")],
            };
}
