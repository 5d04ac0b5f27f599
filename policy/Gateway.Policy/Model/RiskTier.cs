namespace Gateway.Policy.Model;

/// <summary>How much harm a thing can do, rising. A document that doesn't say is refused; unset is judged as critical.</summary>
public enum RiskTier
{
    Unspecified = 0,
    Low = 1,
    Medium = 2,
    High = 3,
    Critical = 4,
}
