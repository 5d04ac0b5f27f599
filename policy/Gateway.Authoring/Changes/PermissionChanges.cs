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
