using Gateway.Policy.Model;

namespace Gateway.Authoring.Changes.Kinds;

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
                            ApproverGroups = [Proposed.Group],
                            Source = Proposed.Source,
                        },
                    ],
                }
            );
}
