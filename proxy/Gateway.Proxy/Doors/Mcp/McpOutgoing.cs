using Gateway.Connectors.Mcp.Definitions;
using Gateway.Connectors.Mcp.Messages;
using Gateway.Policy.Model;

namespace Gateway.Proxy.Doors.Mcp;

/// <summary>
/// A message as the server is to see it: its own states and ids in place of the sealed ones, and of what the client says that it can only
/// what the connector allows.
/// </summary>
internal static class McpOutgoing
{
    /// <summary>Why a message names what isn't the agent's; null where all of it is.</summary>
    public static McpFault? FaultOf(McpRequest request, Operation operation, McpAudience audience, McpSeals seals)
    {
        var message = request.Message;
        var body = request.Body.Span;
        if (
            message.RequestState.IsPresent
            && seals.OpenState(request.Text(message.RequestState), operation.Id, request.Name ?? "", request.Arguments.Of(body)) is null
        )
        {
            return McpRefusals.State;
        }

        foreach (var task in new McpItems(body, message[McpMember.FilterTasks]))
        {
            if (seals.OpenTask(request.Text(task)) is null)
            {
                return McpRefusals.NotThere(McpAct.GetTask);
            }
        }

        foreach (var uri in new McpItems(body, message[McpMember.FilterUris]))
        {
            if (audience.Surface.Resource(request.Text(uri)) is not { } resource || !audience.MayUse(resource))
            {
                return McpRefusals.NotThere(McpAct.Subscribe);
            }
        }

        return null;
    }

    /// <summary>The message that goes out; null where it can't be made.</summary>
    /// <param name="body">As it is after its obligations were met.</param>
    public static ReadOnlyMemory<byte>? Of(
        ReadOnlyMemory<byte> body,
        McpRequest request,
        Operation operation,
        McpAudience audience,
        McpSeals seals
    )
    {
        var message = request.Message;
        if (!body.Equals(request.Body) && !McpMessageReader.TryRead(body.Span, out message, out _, request.IsLoose))
        {
            return null;
        }

        var edits = new McpEdits();
        if (message.RequestState.IsPresent)
        {
            var state = seals.OpenState(
                message.RequestState.GetText(body.Span),
                operation.Id,
                request.Name ?? "",
                request.Arguments.Of(request.Body.Span)
            );
            edits.PutText(message.RequestState, state ?? "");
        }

        if (request.Method?.Judged == McpJudged.Task)
        {
            edits.PutText(message.TaskId, seals.OpenTask(message.TaskId.GetText(body.Span))?.Id ?? "");
        }

        foreach (var task in new McpItems(body.Span, message[McpMember.FilterTasks]))
        {
            edits.PutText(task, seals.OpenTask(task.GetText(body.Span))?.Id ?? "");
        }

        var opened = edits.Apply(body);
        return request.Method?.Kind != MessageKind.Request ? opened
            : CapabilityCut.TryOfRequest(opened, audience.Allowed, out var cut, out _) ? cut
            : null;
    }
}
