using Gateway.Policy.Rules.Documents;

namespace Gateway.Policy.Rules.Evaluation;

/// <summary>
/// A rule with what is worked out once: its reason codes, its patterns, its condition, and masks that tell quickly that it can't match.
/// </summary>
internal sealed class CompiledRule
{
    /// <param name="order">Its place among the rules of its policy, in the order in which they count.</param>
    public CompiledRule(RuleDefinition rule, RuleCondition? condition, int order)
    {
        Order = order;
        Rule = rule;
        Condition = condition;
        ReasonCodes = rule.EffectiveReasonCodes;
        Mask = MatchMask.Of(rule.Match);
        MatchesToolsOnly = rule.Match.MatchesToolsOnly;
        Endpoint = rule.Endpoint is { } endpoint ? new EndpointPatterns(endpoint) : null;
    }

    public int Order { get; }

    public RuleDefinition Rule { get; }

    public IReadOnlyList<string> ReasonCodes { get; }

    public MatchMask Mask { get; }

    /// <summary>
    /// Whether it is about every intent that the index finds it for, but for its condition: most rules are, and their matches needn't be
    /// walked through.
    /// </summary>
    public bool MatchesToolsOnly { get; }

    public EndpointPatterns? Endpoint { get; }

    /// <summary>Null although the rule has one: nobody compiled it, and it counts as one in error.</summary>
    public RuleCondition? Condition { get; }

    /// <summary>What it comes to where it alone counts and no check of it found anything; null until that was so once.</summary>
    public RuleOutcome? CachedOutcome { get; set; }
}
