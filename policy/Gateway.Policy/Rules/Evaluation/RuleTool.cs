using Gateway.Policy.Rules.Documents;

namespace Gateway.Policy.Rules.Evaluation;

/// <summary>A tool that a gateway knows: an operation of a connector.</summary>
/// <param name="Name">What rules call it: <c>connector/operation</c>.</param>
/// <param name="Action">The word of its action type.</param>
public sealed record RuleTool(string Name, string Connector, string Action)
{
    internal bool MayMatch(CompiledRule rule) => MayMatch(rule.Rule.Match);

    private bool MayMatch(RuleMatch match) =>
        (match.Connectors.Count == 0 || CodeList.Has(match.Connectors, Connector))
        && (match.Actions.Count == 0 || CodeList.Has(match.Actions, Action));
}
