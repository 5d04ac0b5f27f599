using System.Collections.Frozen;
using Gateway.Policy.Actions;
using Gateway.Policy.Model;

namespace Gateway.Authoring.Changes;

/// <summary>A change of the permission that grants one operation; it changes for whatever else that document grants.</summary>
internal abstract record PermissionChange(ChangeKind Kind, Id<Connector> Connector, Id<Operation> Operation, string Text)
    : DossierChange(Kind, Text)
{
    internal sealed override AgentDossier Apply(AgentDossier dossier, Intent intent)
    {
        if (!dossier.Permissions.TryGetValue((Connector, Operation), out var permission))
        {
            return dossier;
        }

        var changed = Apply(permission);
        return dossier with
        {
            Permissions = dossier.Permissions.ToFrozenDictionary(p => p.Key, p => ReferenceEquals(p.Value, permission) ? changed : p.Value),
        };
    }

    protected abstract ToolPermission Apply(ToolPermission permission);
}

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

/// <summary>A limit for each transaction, where the profile asks for one before a level counts.</summary>
internal sealed record LimitTransaction(Id<Connector> Connector, Id<Operation> Operation, TransactionLimit Limit)
    : PermissionChange(
        ChangeKind.LimitTransaction,
        Connector,
        Operation,
        $"limit the transactions of '{Connector}/{Operation}' in its permission, the amount being at {Limit.Amount}"
    )
{
    protected override ToolPermission Apply(ToolPermission permission) => permission with { Transaction = Limit };
}

/// <summary>A ToolPermission for one operation, recorded, and with the approval that a critical one needs.</summary>
internal sealed record RegisterPermission(Id<Agent> Agent, Id<Connector> Connector, Id<Operation> Operation, bool Critical)
    : DossierChange(
        ChangeKind.RegisterPermission,
        $"grant '{Connector}/{Operation}' to the agent '{Agent}' with a ToolPermission, audit logging on"
            + (Critical ? " and human approval required" : "")
    )
{
    internal override AgentDossier Apply(AgentDossier dossier, Intent intent) =>
        dossier.Permissions.ContainsKey((Connector, Operation))
            ? dossier
            : dossier with
            {
                Permissions = dossier
                    .Permissions.Append(
                        new(
                            (Connector, Operation),
                            new ToolPermission
                            {
                                Tenant = intent.Tenant,
                                Name = $"{Connector}/{Operation}",
                                Agent = Agent,
                                Connector = Connector,
                                Operations = [Operation],
                                AuditLogging = true,
                                HumanApproval = Critical,
                                Source = Placeholder.Source,
                            }
                        )
                    )
                    .ToFrozenDictionary(),
            };
}
