using System.Collections.Frozen;
using Gateway.Policy.Actions;
using Gateway.Policy.Model;

namespace Gateway.Authoring.Changes;

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
