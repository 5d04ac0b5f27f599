namespace Gateway.Policy.Model;

/// <summary>What an operation does to the world. The zero value is no action at all and no boundary lets it pass.</summary>
public enum ActionType
{
    Unspecified = 0,
    Read = 1,
    Write = 2,
    External = 3,
    Financial = 4,
    Code = 5,
    Delete = 6,
    Admin = 7,
}

/// <summary>How much harm a thing can do, rising. A document that doesn't say is refused; unset is judged as critical.</summary>
public enum RiskTier
{
    Unspecified = 0,
    Low = 1,
    Medium = 2,
    High = 3,
    Critical = 4,
}

/// <summary>Whether a connector's system is ours or somebody else's. Unset is judged as external.</summary>
public enum TargetScope
{
    External = 0,
    Internal = 1,
}

/// <summary>
/// Where an action takes effect, the gentlest first. The stricter of workspace and connector counts; unset counts as production.
/// </summary>
public enum DeploymentEnvironment
{
    Unspecified = 0,
    Development = 1,
    Test = 2,
    Staging = 3,
    Production = 4,
}
