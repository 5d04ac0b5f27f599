using Gateway.Policy.Compilation;
using Gateway.Policy.Documents;
using Gateway.Policy.Model;

namespace Gateway.Authoring.Cases;

/// <summary>
/// Reads one action of a case. What it leaves out is taken from the governance: the only tenant, the agent's workspace, the operation's
/// method, path and data. A name that the governance doesn't have is no error: what is decided about it is an answer too.
/// </summary>
internal sealed class CaseIntentFields(Snapshot snapshot)
{
    private const int MaxWord = 256;

    public CaseIntent Read(MappingReader fields)
    {
        var tenantId =
            snapshot.Tenants.Count == 1
                ? fields.Optional("tenant", Formats.Id<Tenant>(), snapshot.Tenants[0])
                : fields.Required("tenant", Formats.Id<Tenant>());
        var tenant = snapshot.Find(tenantId);
        var agent = fields.Required("agent", Formats.Id<Agent>());
        var workspace = tenant?.Agents.GetValueOrDefault(agent) is { } dossier
            ? fields.Optional("workspace", Formats.Id<Workspace>(), dossier.Agent.Workspace)
            : fields.Required("workspace", Formats.Id<Workspace>());
        return new CaseIntent(ReadAction(fields, tenant, tenantId, workspace, agent), fields.Position);
    }

    private static Intent ReadAction(
        MappingReader fields,
        TenantSnapshot? tenant,
        Id<Tenant> tenantId,
        Id<Workspace> workspace,
        Id<Agent> agent
    )
    {
        var connectorId = fields.Required("connector", Formats.Id<Connector>());
        var connector = tenant?.Connectors.GetValueOrDefault(connectorId);
        var operationId = fields.Required("operation", Formats.Id<Operation>());
        var operation = connector?.Operations.FirstOrDefault(o => o.Id == operationId);
        var arguments = CaseTargetFields.ReadArguments(fields);
        return new Intent
        {
            Tenant = tenantId,
            Workspace = workspace,
            Agent = agent,
            Strength = fields.Optional("strength", Vocabulary.Strength.Format, AuthStrength.Signed),
            Door = fields.Optional("door", Vocabulary.Door.Format, CaseTargetFields.DoorOf(connector)),
            Connector = connectorId,
            Operation = operationId,
            Model = fields.OptionalText("model", Formats.Text(MaxWord)),
            HostedTools = fields.List("hostedTools", Formats.Id<Operation>(), []),
            Session = fields.OptionalText("session", Formats.Text(MaxWord)),
            McpMethod = fields.OptionalText("mcpMethod", Formats.Text(MaxWord)) ?? operation?.Mcp?.Method,
            McpName = fields.OptionalText("mcpName", Formats.Text(ResourcePattern.MaxLength)) ?? operation?.Mcp?.Called,
            Definition = operation?.Mcp?.Pin,
            Data = fields.List("data", Vocabulary.Data.Format, []).Aggregate(operation?.Data ?? DataClasses.None, (all, one) => all | one),
            Environment = fields.Optional(
                "environment",
                Vocabulary.Environment.Format,
                CaseTargetFields.EnvironmentOf(tenant, workspace, connector)
            ),
            Target = CaseTargetFields.ReadTarget(fields, connector, operation, arguments),
            Arguments = arguments,
        };
    }
}
