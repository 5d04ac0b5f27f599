using Gateway.Policy.Model;

namespace Gateway.Authoring.Changes;

/// <summary>An active ApprovalGate for exactly one operation.</summary>
internal sealed record CoverWithGate(Id<Connector> Connector, Operation Operation)
    : Change(
        ChangeKind.CoverWithGate,
        $"cover '{Connector}/{Operation.Id}' ({Vocabulary.Action.Text(Operation.Action)}) with an active ApprovalGate"
    )
{
    internal override Situation Apply(Situation situation) =>
        situation.Tenant is not { } tenant
            ? situation
            : situation.With(
                tenant with
                {
                    Gates =
                    [
                        .. tenant.Gates,
                        new ApprovalGate
                        {
                            Tenant = tenant.Tenant.Id,
                            Name = $"{Connector}/{Operation.Id}", // No document's name has a slash.
                            Active = true,
                            Actions = [Operation.Action],
                            Connectors = [Connector],
                            Operations = [Operation.Id],
                            ApproverGroups = [Placeholder.Group],
                            Source = Placeholder.Source,
                        },
                    ],
                }
            );
}

/// <summary>The people of a gate say yes to exactly this action.</summary>
internal sealed record ObtainApproval(string Gate, string Text) : Change(ChangeKind.ObtainApproval, Text)
{
    /// <param name="atLeast">What a rule asks for; 0 where none does.</param>
    public static ObtainApproval For(ApprovalGate gate, int atLeast) =>
        new(
            gate.Name,
            $"obtain the approval of {(Math.Max(gate.Quorum, atLeast) is var people && people == 1 ? "one person" : $"{people} people")}"
                + $" from {string.Join(" or ", gate.ApproverGroups)} by the gate '{gate.Name}'"
        );

    internal override Situation Apply(Situation situation) => situation.Approved(Gate);
}

/// <summary>A rule no longer restricts the action.</summary>
internal sealed record RelaxRule(string Policy, string Rule)
    : Change(ChangeKind.RelaxRule, $"change the rule '{Rule}' of the policy '{Policy}' so that it no longer restricts the action")
{
    internal override Situation Apply(Situation situation) =>
        situation.Tenant is { } tenant ? situation.With(tenant with { Policies = tenant.Policies.Without(Policy, Rule) }) : situation;
}
