using Gateway.Policy.Model;

namespace Gateway.Policy.Rules.Documents;

/// <summary>A <c>Policy</c> document: rules that stand beside a tenant's controls and can only tighten them.</summary>
public sealed record NamedPolicy(Id<Tenant> Tenant, string Name, RulePolicy Rules, SourcePosition Source);
