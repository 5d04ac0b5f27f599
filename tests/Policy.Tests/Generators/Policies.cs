using FsCheck;
using FsCheck.Fluent;
using Gateway.Policy.Compilation;
using Gateway.Policy.Documents;
using Gateway.Policy.Model;
using Gateway.Policy.Rules.Documents;

namespace Gateway.Policy.Tests.Generators;

/// <summary>Random policies of up to two rules, some with conditions, of which some can't be evaluated.</summary>
internal static class Policies
{
    /// <summary>Whatever the intent, an error.</summary>
    public static readonly ConditionText Throwing = new("1 / 0 == 1", default);

    private static readonly string[] Conditions =
    [
        "args.amount > 100",
        "intent.external",
        "'pii' in intent.data",
        "args.missing == 'x'",
        Throwing.Text,
    ];

    private static readonly Obligations[] Reductions =
    [
        new(DryRun: true),
        new(MaxTokens: 9),
        Obligations.None with
        {
            ReadOnly = true,
        },
        new(LogDetailed: true, DryRun: true),
    ];

    public static readonly Gen<RuleDefinition> Rule =
        from effect in Gen.Elements(Verdict.Allow, Verdict.Degrade, Verdict.RequireApproval, Verdict.Block)
        from action in Gen.Elements("read", "write", "external", "financial")
        from narrow in Gen.Choose(0, 3)
        from reduction in Gen.Elements(Reductions)
        from condition in Gen.Elements([Trust(effect), .. Conditions])
        from conditioned in Gen.Choose(0, 2)
        select new RuleDefinition
        {
            Name = "",
            Effect = effect,
            Match = new RuleMatch
            {
                Actions = narrow < 3 ? [action] : [],
                Identities = narrow == 2 ? ["agent-0"] : [],
                RiskClasses = narrow == 1 ? ["low"] : [],
            },
            Obligations = effect == Verdict.Degrade ? new RuleObligations(reduction, default) : RuleObligations.None,
            Condition = conditioned == 0 ? new ConditionText(condition, default) : null,
        };

    /// <summary>
    /// More for those who have earned it, less for those who haven't. An author may write the reverse (a block from level 2 on); such a
    /// rule is meant to be laxer below, so nothing that holds for a lower level is said of it.
    /// </summary>
    private static string Trust(Verdict effect) => effect == Verdict.Allow ? "agent.level >= 2" : "agent.level < 2";

    public static Gen<PolicySet> Of(IReadOnlyList<Connector> connectors) =>
        from some in Worlds.Rarely(3)
        from rules in Rule.ListOf()
        select Compiled(some ? [.. rules.Take(2)] : null, connectors);

    /// <summary>One policy of these rules, all of which count; no policy for null.</summary>
    public static PolicySet Compiled(IReadOnlyList<RuleDefinition>? rules, IEnumerable<Connector> connectors)
    {
        NamedPolicy[] policies = rules is null ? [] : [new NamedPolicy(Worlds.Tenant, "policy", Overlay(rules), default)];
        var errors = new ErrorList();
        var conditions = PolicyConditions.Compile(policies, errors);
        return errors.Count == 0
            ? PolicySet.Compile(policies, connectors, conditions)
            : throw new InvalidOperationException(errors.InOrder()[0].ToString());
    }

    private static RulePolicy Overlay(IReadOnlyList<RuleDefinition> rules) =>
        new()
        {
            IsOverlay = true,
            DefaultVerdict = Verdict.Allow,
            Rules = [.. rules.Select((rule, i) => rule with { Name = $"rule-{i}" })],
        };
}
