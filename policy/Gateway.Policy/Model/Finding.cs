namespace Gateway.Policy.Model;

/// <summary>A known problem (or, as a risk, a possible one) tied to an agent. An open critical one can stop it (control 10).</summary>
/// <param name="IsRisk">A <c>Risk</c> document rather than a <c>Finding</c>.</param>
public sealed record Finding(Id<Tenant> Tenant, string Name, Id<Agent> Agent, RiskTier Tier, bool Open, bool IsRisk, SourcePosition Source);
