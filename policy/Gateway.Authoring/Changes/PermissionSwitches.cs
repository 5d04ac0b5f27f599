using Gateway.Policy.Model;

namespace Gateway.Authoring.Changes;

/// <summary>What isn't recorded doesn't happen.</summary>
internal sealed record TurnOnAuditLogging(Id<Connector> Connector, Id<Operation> Operation)
    : PermissionChange(
        ChangeKind.TurnOnAuditLogging,
        Connector,
        Operation,
        $"turn on auditLogging in the permission for '{Connector}/{Operation}'"
    )
{
    protected override ToolPermission Apply(ToolPermission permission) => permission with { AuditLogging = true };
}

/// <summary>A critical operation needs it.</summary>
internal sealed record TurnOnHumanApproval(Id<Connector> Connector, Id<Operation> Operation)
    : PermissionChange(
        ChangeKind.TurnOnHumanApproval,
        Connector,
        Operation,
        $"turn on humanApproval in the permission for '{Connector}/{Operation}'"
    )
{
    protected override ToolPermission Apply(ToolPermission permission) => permission with { HumanApproval = true };
}
