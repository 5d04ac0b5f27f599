namespace Gateway.Policy.Rules.Documents;

/// <summary>How the verdicts of several matching rules become one. Unset is the stricter way.</summary>
public enum RuleCombine
{
    /// <summary>Every matching rule counts and the strictest wins: a restricting rule that is added can never loosen anything.</summary>
    Strictest = 0,

    /// <summary>The matching rules of the first priority that has any; the strictest of them wins. What a bare Gait file means.</summary>
    FirstTier = 1,
}
