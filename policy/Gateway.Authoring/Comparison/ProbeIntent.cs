using Gateway.Policy.Model;

namespace Gateway.Authoring.Comparison;

/// <summary>The request that an agent would send for an operation, where the operation and not the request is asked about.</summary>
internal static class ProbeIntent
{
    /// <summary>The doors that lead to a connector of this type.</summary>
    public static Door[] Doors(ConnectorType type) =>
        type switch
        {
            ConnectorType.OpenAi => [Door.OpenAi, Door.Tool],
            ConnectorType.Anthropic => [Door.Anthropic, Door.Tool],
            ConnectorType.Mcp => [Door.Mcp],
            ConnectorType.Http or ConnectorType.Unspecified => [Door.Tool],
        };

    public static Intent Of(
        Id<Workspace> workspace,
        Id<Agent> agent,
        Connector connector,
        Operation operation,
        Door door,
        AuthStrength strength
    ) =>
        new()
        {
            Tenant = connector.Tenant,
            Workspace = workspace,
            Agent = agent,
            Strength = strength,
            Door = door,
            Connector = connector.Id,
            Operation = operation.Id,
            Model = connector.Models is [var offer, ..]
                ? offer.Names is [var name, ..]
                    ? name
                    : offer.Match.TrimEnd('*')
                : null,
            McpMethod = operation.Mcp?.Method,
            McpName = operation.Mcp?.Called,
            Definition = operation.Mcp?.Pin,
            Data = DataClasses.None, // The operation's own count in each snapshot as it says there.
            Environment = DeploymentEnvironment.Development,
            Target = new IntentTarget(
                operation.Methods is [var method, ..] ? method : "POST",
                connector.Authority,
                connector.Mcp is null ? operation.Path.ToString() : connector.BaseAddress.AbsolutePath,
                default,
                Sha256Digest.Compute([])
            ),
        };
}
