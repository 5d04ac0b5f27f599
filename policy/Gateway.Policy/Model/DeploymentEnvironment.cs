namespace Gateway.Policy.Model;

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
