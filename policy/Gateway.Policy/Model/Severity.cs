namespace Gateway.Policy.Model;

/// <summary>How much a decision matters to whoever watches. Unset counts as the worst.</summary>
public enum Severity
{
    Critical = 0,
    High = 1,
    Medium = 2,
    Low = 3,
    Info = 4,
}
