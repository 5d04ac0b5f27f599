using FsCheck;
using FsCheck.Fluent;
using Gateway.Policy.Compilation;
using Gateway.Policy.Documents;
using Gateway.Policy.Model;
using Gateway.Policy.Rules.Documents;

namespace Gateway.Policy.Tests.Generators;

/// <summary>Random policies of up to two rules.</summary>
internal static class Policies
{
    private static readonly Gen<RuleDefinition> Rules =
        from effect in Gen.Elements(Verdict.Allow, Verdict.RequireApproval, Verdict.Block)
        from action in Gen.Elements("read", "write", "external", "financial")
        from narrow in Gen.Choose(0, 3)
        select new RuleDefinition
        {
            Name = "",
            Effect = effect,
            Match = new RuleMatch { Actions = narrow < 3 ? [action] : [], Identities = narrow == 2 ? ["agent-0"] : [], RiskClasses = narrow == 1 ? ["low"] : [] },
        };

    public static Gen<PolicySet> Of(IReadOnlyList<Connector> connectors) =>
        from some in Cases.Rarely(3)
        from rules in Rules.ListOf()
        select PolicySet.Compile(
            some ? [new NamedPolicy(Cases.Tenant, "policy", Overlay(rules), default)] : [], connectors, PolicyConditions.Compile(new GovernanceDocuments(), new ErrorList()));

    private static RulePolicy Overlay(IEnumerable<RuleDefinition> rules) => new()
    {
        IsOverlay = true,
        DefaultVerdict = Verdict.Allow,
        Rules = [.. rules.Take(2).Select((rule, i) => rule with { Name = $"rule-{i}" })],
    };
}
