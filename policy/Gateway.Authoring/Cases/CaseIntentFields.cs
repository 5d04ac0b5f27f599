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
    private const int MaxText = 2048;
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
        var arguments = ReadArguments(fields);
        return new Intent
        {
            Tenant = tenantId,
            Workspace = workspace,
            Agent = agent,
            Strength = fields.Optional("strength", Vocabulary.Strength.Format, AuthStrength.Signed),
            Door = fields.Optional("door", Vocabulary.Door.Format, DoorOf(connector)),
            Connector = connectorId,
            Operation = operationId,
            Model = fields.OptionalText("model", Formats.Text(MaxWord)),
            HostedTools = fields.List("hostedTools", Formats.Id<Operation>(), []),
            Session = fields.OptionalText("session", Formats.Text(MaxWord)),
            Data = fields.List("data", Vocabulary.Data.Format, []).Aggregate(operation?.Data ?? DataClasses.None, (all, one) => all | one),
            Environment = fields.Optional("environment", Vocabulary.Environment.Format, EnvironmentOf(tenant, workspace, connector)),
            Target = ReadTarget(fields, connector, operation, arguments),
            Arguments = arguments,
        };
    }

    private static IntentTarget ReadTarget(MappingReader fields, Connector? connector, Operation? operation, byte[] arguments) =>
        new(
            fields.OptionalText("method", Formats.Text(MaxWord)) ?? (operation?.Methods is [var method, ..] ? method : "POST"),
            connector?.BaseAddress.GetLeftPart(UriPartial.Authority) ?? "",
            fields.OptionalText("path", Formats.Text(MaxText)) ?? operation?.Path.Text ?? "/",
            Sha256Digest.Compute([]),
            Sha256Digest.Compute(arguments)
        );

    private static byte[] ReadArguments(MappingReader fields)
    {
        fields.Ignore("args");
        return fields.Node.Entries.TryGetValue("args", out var entry) ? NodeJson.Bytes(entry.Value) : [];
    }

    /// <summary>The stricter of both, as the doors have it.</summary>
    private static DeploymentEnvironment EnvironmentOf(TenantSnapshot? tenant, Id<Workspace> workspace, Connector? connector) =>
        tenant?.Workspaces.GetValueOrDefault(workspace) is { } own
        && connector is not null
        && own.Environment != DeploymentEnvironment.Unspecified
        && connector.Environment != DeploymentEnvironment.Unspecified
            ? (DeploymentEnvironment)Math.Max((int)own.Environment, (int)connector.Environment)
            : DeploymentEnvironment.Production;

    private static Door DoorOf(Connector? connector) =>
        connector?.Type switch
        {
            ConnectorType.OpenAi => Door.OpenAi,
            ConnectorType.Anthropic => Door.Anthropic,
            ConnectorType.Http or ConnectorType.Unspecified or null => Door.Tool,
        };
}
