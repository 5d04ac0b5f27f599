namespace Gateway.Policy.Model;

/// <summary>One place in a boundary table.</summary>
public readonly record struct BoundaryCell(AtfLevel Level, ActionType Action, RiskTier Tier, TargetScope Scope);
