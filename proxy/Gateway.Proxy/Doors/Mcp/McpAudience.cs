using Gateway.Connectors.Mcp.Definitions;
using Gateway.Connectors.Mcp.Handles;
using Gateway.Policy.Actions;
using Gateway.Policy.Model;

namespace Gateway.Proxy.Doors.Mcp;

/// <summary>For whom a server's answers are: one agent, with what its documents let it use of the connector.</summary>
/// <param name="NeedsPin">Whether a definition must be pinned where the action is.</param>
internal sealed record McpAudience(HandleOwner Owner, AgentDossier Agent, Connector Connector, McpSurface Surface, bool NeedsPin)
{
    /// <summary>Whether the agent is granted an operation at all; whether it may act now is the evaluator's to say.</summary>
    public bool MayUse(Operation operation) => Agent.Permissions.ContainsKey((Connector.Id, operation.Id));

    /// <summary>Whether the agent may be shown something of a list.</summary>
    public bool MayList(KnownDefinitions known, ListKind kind, Definition definition) =>
        OperationOf(kind, definition.Name) is { } operation
        && MayUse(operation)
        && (
            kind is ListKind.Resources or ListKind.ResourceTemplates && operation.Mcp is { Pin: null } && !(NeedsPin && operation.Mcp.IsOne)
                ? definition.Finding == DefinitionFinding.Sound
                : known.IsApproved(Owner.Tenant, Connector.Id, kind, definition, operation, NeedsPin)
        );

    private Operation? OperationOf(ListKind kind, string name) =>
        kind switch
        {
            ListKind.Tools => Surface.Tool(name),
            ListKind.Prompts => Surface.Prompt(name),
            ListKind.Resources => Surface.Resource(name),
            ListKind.ResourceTemplates => Surface.Resource(TemplateText.Filled(name)),
            ListKind.Unspecified => null,
        };
}
