namespace Gateway.Policy.Rules.Documents;

/// <summary>Which fields a rule may have.</summary>
internal enum RuleDialect
{
    /// <summary>Those of a bare Gait file; anything else is an unknown field.</summary>
    Gait = 0,

    /// <summary>
    /// Also <c>when</c>, <c>obligations</c>, the effect <c>degrade</c>, and a match on connectors and actions, as in a <c>Policy</c>
    /// document.
    /// </summary>
    Gateway = 1,
}
