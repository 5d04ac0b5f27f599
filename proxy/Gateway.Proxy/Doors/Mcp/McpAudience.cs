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

    /// <summary>Whether what is seen first of a name is approved by that.</summary>
    public bool TrustsFirst(ListKind kind, string name) => !NeedsPin && OperationOf(kind, name) is { Mcp.Pin: null };

    public DefinitionSource SourceOf(ListKind kind) =>
        new(Owner.Tenant, Connector.Id, kind, Connector.Credential?.Reference.ToString() ?? "");

    public Operation? Find(string operation)
    {
        for (var i = 0; i < Connector.Operations.Count; i++)
        {
            if (Connector.Operations[i].Id.ToString() == operation)
            {
                return Connector.Operations[i];
            }
        }

        return null;
    }

    /// <summary>Whether the agent may be shown something of a list.</summary>
    public bool MayList(McpDefinitions definitions, ListKind kind, Definition definition) =>
        OperationOf(kind, definition.Name) is { } operation
        && MayUse(operation)
        && (
            HoldsDefinition(kind, operation)
                ? definitions.IsApproved(SourceOf(kind), definition, operation, NeedsPin)
                : definition.Finding == DefinitionFinding.Sound
        );

    /// <summary>
    /// Whether a definition is held against what was approved. What a pattern of resources stands for has many, and where none needs a pin
    /// any address that the pattern covers may be read.
    /// </summary>
    public bool HoldsDefinition(ListKind kind, Operation operation) =>
        kind is ListKind.Tools or ListKind.Prompts || operation.Mcp is { Pin: not null } || NeedsPin;

    /// <summary>What both sides may agree on.</summary>
    public AllowedCapabilities Allowed =>
        new()
        {
            Sampling = Surface.ServerRequests.HasFlag(ServerRequests.Sampling),
            Elicitation = Surface.ServerRequests.HasFlag(ServerRequests.Elicitation),
            Roots = Surface.ServerRequests.HasFlag(ServerRequests.Roots),
            Extensions = [.. Surface.Extensions],
            Instructions = Surface.InstructionsPin,
        };

    private Operation? OperationOf(ListKind kind, string name) =>
        kind switch
        {
            ListKind.Tools => Surface.Tool(name),
            ListKind.Prompts => Surface.Prompt(name),
            ListKind.Resources => Surface.Resource(name),
            ListKind.ResourceTemplates => Surface.Template(name),
            ListKind.Unspecified => null,
        };
}
