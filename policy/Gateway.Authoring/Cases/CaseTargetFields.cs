using Gateway.Policy.Compilation;
using Gateway.Policy.Documents;
using Gateway.Policy.Model;

namespace Gateway.Authoring.Cases;

/// <summary>
/// Reads where an action of a case goes, and with what. What the case leaves out is that of the connector and its operation.
/// </summary>
internal static class CaseTargetFields
{
    private const int MaxText = 2048;
    private const int MaxWord = 256;

    /// <summary>The stricter of both, as the doors have it.</summary>
    public static DeploymentEnvironment EnvironmentOf(TenantSnapshot? tenant, Id<Workspace> workspace, Connector? connector) =>
        tenant?.Workspaces.GetValueOrDefault(workspace) is { } own
        && connector is not null
        && own.Environment != DeploymentEnvironment.Unspecified
        && connector.Environment != DeploymentEnvironment.Unspecified
            ? (DeploymentEnvironment)Math.Max((int)own.Environment, (int)connector.Environment)
            : DeploymentEnvironment.Production;

    public static Door DoorOf(Connector? connector) =>
        connector?.Type switch
        {
            ConnectorType.OpenAi => Door.OpenAi,
            ConnectorType.Anthropic => Door.Anthropic,
            ConnectorType.Mcp => Door.Mcp,
            ConnectorType.Http or ConnectorType.Unspecified or null => Door.Tool,
        };

    public static IntentTarget ReadTarget(MappingReader fields, Connector? connector, Operation? operation, byte[] arguments) =>
        new(
            fields.OptionalText("method", Formats.Text(MaxWord)) ?? (operation?.Methods is [var method, ..] ? method : "POST"),
            connector?.Authority ?? "",
            fields.OptionalText("path", Formats.Text(MaxText)) ?? PathOf(connector, operation),
            Sha256Digest.Compute([]),
            Sha256Digest.Compute(arguments)
        );

    /// <summary>An MCP connector's address is its only path.</summary>
    private static string PathOf(Connector? connector, Operation? operation) =>
        connector is { Mcp: not null, BaseAddress: var endpoint } ? endpoint.AbsolutePath : operation?.Path.Text ?? "/";

    public static byte[] ReadArguments(MappingReader fields)
    {
        fields.Ignore("args");
        return fields.Node.Entries.TryGetValue("args", out var entry) ? NodeJson.Bytes(entry.Value) : [];
    }
}
