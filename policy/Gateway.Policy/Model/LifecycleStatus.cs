namespace Gateway.Policy.Model;

/// <summary>Where an agent is in its life. Only <see cref="Active"/> acts.</summary>
public enum LifecycleStatus
{
    Unknown = 0,
    Draft = 1,
    Active = 2,
    Suspended = 3,
    Retired = 4,
}
