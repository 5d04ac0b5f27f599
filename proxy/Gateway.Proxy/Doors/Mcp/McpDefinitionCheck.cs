using System.Text.Json;
using Gateway.Connectors.Mcp.Definitions;
using Gateway.Connectors.Mcp.Messages;
using Gateway.Policy.Model;
using Gateway.Proxy.FrontDoor;

namespace Gateway.Proxy.Doors.Mcp;

/// <summary>
/// Holds a call against the definition that the agent was shown: it must be the approved one, and what is sent must fit it. Where none is
/// known that is young enough, the server is asked for its list as the agent would, in the course of the call.
/// </summary>
internal sealed class McpDefinitionCheck(McpServices services, McpAudience audience, McpRequest request, McpReplies replies)
{
    /// <value>Pages of a list at most.</value>
    private const int MostPages = 100;

    /// <value>Bytes of all pages at most, which are kept while they are read.</value>
    private const int MostBytes = 16 * 1024 * 1024;

    /// <summary>What was found: the definition, where there has to be one, or why the call is refused.</summary>
    public async ValueTask<(CheckedDefinition? Definition, Refusal? Refused)> RefuseAsync(RequestEnvelope envelope, Operation operation)
    {
        // What the agent isn't granted is refused by the evaluator, and asks the server for nothing.
        if (!audience.MayUse(operation) || KindOf(operation) is not { } kind)
        {
            return (null, null);
        }

        var source = audience.SourceOf(kind);
        var list = await services.Definitions.Known.GetAsync(
            source,
            audience.Surface.DefinitionsAge,
            _ => ReadAsync(envelope, kind),
            envelope.Lifetime.Token
        );
        if (
            list?.Find(operation.Mcp!.Name) is not { } definition
            || !services.Definitions.IsApproved(source, definition, operation, audience.NeedsPin)
        )
        {
            return (null, replies.Fail(McpRefusals.NotThere(request.Act)));
        }

        replies.HasOutputSchema = definition.HasOutputSchema;
        var found = services.Definitions.Check(definition);
        return request.Act == McpAct.CallTool && found.ProblemOf(request.Arguments.Of(request.Body.Span)) is { } problem
            ? (null, McpRefusals.Arguments(problem))
            : (found, null);
    }

    /// <summary>Which list has the definition that a call rests on; null where it rests on none.</summary>
    private ListKind? KindOf(Operation operation) =>
        request.Act switch
        {
            McpAct.CallTool => ListKind.Tools,
            McpAct.GetPrompt => ListKind.Prompts,
            McpAct.ReadResource
            or McpAct.Subscribe when operation.Mcp is { IsOne: true } && audience.HoldsDefinition(ListKind.Resources, operation) =>
                ListKind.Resources,
            _ => null,
        };

    /// <summary>All pages of a list, as the agent's client would ask for them; null where the server doesn't answer.</summary>
    private async Task<IReadOnlyList<ListPage>?> ReadAsync(RequestEnvelope envelope, ListKind kind)
    {
        var method = kind switch
        {
            ListKind.Tools => "tools/list",
            ListKind.Prompts => "prompts/list",
            _ => "resources/list",
        };
        var pages = new List<ListPage>();
        string? cursor = null;
        var bytes = 0;
        do
        {
            var call = new McpCall(services, audience.Connector.Id.ToString(), new McpReplies());
            var (_, answer) = await services.Requests.SendAsync(envelope, call, HeadersOf(envelope, method), ListMessage(method, cursor));
            bytes += answer.Length;
            if (call.Listed is not { } page || bytes > MostBytes)
            {
                return null;
            }

            pages.Add(page);
            cursor = page.NextCursor;
        } while (cursor is not null && pages.Count < MostPages);

        return cursor is null ? pages : null;
    }

    private List<KeyValuePair<string, string>> HeadersOf(RequestEnvelope envelope, string method)
    {
        var headers = new List<KeyValuePair<string, string>> { new("Accept", "application/json, text/event-stream") };
        foreach (var name in (ReadOnlySpan<string>)[McpHeaderNames.Session, McpHeaders.Version, "Gateway-Session"])
        {
            if (envelope.Http.Request.Headers.TryGetValue(name, out var value) && value.Count == 1)
            {
                headers.Add(new(name, value.ToString()));
            }
        }

        if (request.IsModern)
        {
            headers.Add(new(McpHeaders.Method, method));
        }

        return headers;
    }

    /// <summary>As the agent's own client would send it: a modern server serves by what the client says of itself.</summary>
    private byte[] ListMessage(string method, string? cursor)
    {
        using var body = new MemoryStream();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteString("jsonrpc", "2.0");
            json.WriteString("id", $"gateway-{Identifier.Next()}"); // No other of the session's is the same.
            json.WriteString("method", method);
            json.WriteStartObject("params");
            if (cursor is not null)
            {
                json.WriteString("cursor", cursor);
            }

            if (request.IsModern)
            {
                json.WriteStartObject("_meta");
                Copy(json, "io.modelcontextprotocol/protocolVersion", request.Message.MetaVersion);
                Copy(json, "io.modelcontextprotocol/clientInfo", request.Message[McpMember.MetaClientInfo]);
                Copy(json, "io.modelcontextprotocol/clientCapabilities", request.Message.MetaCapabilities);
                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return body.ToArray();
    }

    private void Copy(Utf8JsonWriter json, string name, McpSlice value)
    {
        if (value.IsPresent)
        {
            json.WritePropertyName(name);
            json.WriteRawValue(value.Of(request.Body.Span));
        }
    }
}
