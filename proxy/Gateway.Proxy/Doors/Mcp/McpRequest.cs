using Gateway.Connectors.Mcp.Messages;
using Gateway.Policy.Model;

namespace Gateway.Proxy.Doors.Mcp;

/// <summary>One message of a client, read: what it asks for, in which era. Of its body and of no other.</summary>
internal sealed class McpRequest
{
    public required ReadOnlyMemory<byte> Body { get; init; }

    public required McpMessage Message { get; init; }

    public required McpEras Era { get; init; }

    /// <summary>Whether the server may take two names that differ in case for one.</summary>
    public required bool IsLoose { get; init; }

    /// <summary>Null for a client's answer to a request of the server's.</summary>
    public required McpMethod? Method { get; init; }

    public bool IsModern => Era == McpEras.Modern;

    public McpAct Act => Method?.Act ?? McpAct.None;

    /// <summary>What it carries out that rules and approvals look at: a call's arguments, or a client's answer.</summary>
    public McpSlice Arguments => Method is null ? Message.Result : Message.Arguments;

    /// <summary>Whether content leaves with it that isn't arguments: what a person or a model answered, or what is completed.</summary>
    public bool CarriesMore => Message.InputResponses.IsPresent || Message[McpMember.Argument].IsPresent || Message.Error.IsPresent;

    /// <summary>Reads a body. False for a fault; the message's id is then as far as it can be trusted.</summary>
    /// <param name="version">The header <c>MCP-Protocol-Version</c>; null for none.</param>
    /// <param name="isLoose">Whether the server may take two names that differ in case for one.</param>
    public static bool TryRead(
        ReadOnlyMemory<byte> body,
        string? version,
        bool isLoose,
        out McpMessage message,
        out McpEras era,
        out McpRequest? request,
        out McpFault? fault
    )
    {
        (request, era) = (null, McpEras.None);
        if (
            !McpMessageReader.TryRead(body.Span, out message, out fault, isLoose)
            || !McpEra.TryTell(in message, body.Span, version, out era, out fault)
        )
        {
            return false;
        }

        McpMethod? method = null;
        if (
            message.Kind is MessageKind.Request or MessageKind.Notification
            && !McpMethods.TryFind(in message, body.Span, era, out method, out fault)
        )
        {
            return false;
        }

        request = new McpRequest
        {
            Body = body,
            Message = message,
            Era = era,
            IsLoose = isLoose,
            Method = method,
        };
        return true;
    }

    /// <summary>The operation that it is judged as; null where nothing is declared for it.</summary>
    /// <param name="surface">Of the connector.</param>
    public Operation? OperationOf(McpSurface surface) =>
        Method is null
            ? surface.Session
            : Method.Judged switch
            {
                McpJudged.Session => surface.Session,
                McpJudged.List => surface.List,
                McpJudged.Operation => SubjectOf(surface),
                McpJudged.Task or McpJudged.None => null,
            };

    private Operation? SubjectOf(McpSurface surface) =>
        Act switch
        {
            McpAct.CallTool => surface.Tool(Text(Message.Name)),
            McpAct.GetPrompt => surface.Prompt(Text(Message.Name)),
            McpAct.Complete => CompletedOf(surface),
            _ => surface.Resource(Text(Message.Uri)),
        };

    private Operation? CompletedOf(McpSurface surface) =>
        !CompletionSubject.TryTell(Message, Body.Span, out var subject) ? null
        : subject == McpMember.RefName ? surface.Prompt(Text(Message[subject]))
        : ResourceOf(surface, Text(Message[subject]));

    private static Operation? ResourceOf(McpSurface surface, string address) =>
        address.Contains('{', StringComparison.Ordinal) ? surface.Template(address) : surface.Resource(address);

    /// <summary>What of the server's it names; null for nothing.</summary>
    public string? Name =>
        Act switch
        {
            McpAct.CallTool or McpAct.GetPrompt => Text(Message.Name),
            McpAct.ReadResource or McpAct.Subscribe or McpAct.Unsubscribe => Text(Message.Uri),
            _ => null,
        };

    /// <summary>A member's text; empty where it isn't there or is no text.</summary>
    public string Text(McpSlice slice) => slice.IsPresent && Body.Span[slice.Start] == (byte)'"' ? slice.GetText(Body.Span) : "";
}
