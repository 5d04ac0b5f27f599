namespace Gateway.Authoring.Changes.Kinds;

/// <summary>A rule no longer restricts the action.</summary>
internal sealed record RelaxRule(string Policy, string Rule)
    : Change(ChangeKind.RelaxRule, $"change the rule '{Rule}' of the policy '{Policy}' so that it no longer restricts the action")
{
    internal override Situation Apply(Situation situation) =>
        situation.Tenant is { } tenant ? situation.With(tenant with { Policies = tenant.Policies.Without(Policy, Rule) }) : situation;
}
