using System.Text.Json;
using Gateway.Samples.Provider.Answering;

namespace Gateway.Samples.Provider.Mcp;

/// <summary>
/// A help desk as an MCP server under <c>/mcp</c>, in both generations of the protocol: with sessions (2025-03-26 to 2025-11-25) and
/// without (2026-07-28). <c>POST /__drift?kind=description</c>, <c>schema</c> or <c>added</c> changes what it says of its tools, as a
/// server that was taken over would; <c>none</c> changes it back.
/// </summary>
internal sealed class McpServer
{
    private const string SessionHeader = "mcp-session-id";

    private readonly Definitions _definitions = new();
    private readonly Shelf<string> _sessions = new();
    private readonly DeskTools _tools = new();

    private McpServer() { }

    public static void Map(IEndpointRouteBuilder app, string token)
    {
        var server = new McpServer();
        var door = new Door(
            headers => headers.Authorization.ToString(),
            $"Bearer {token}",
            (status, message) => McpError.Form(null, status == 400 ? McpError.Invalid : McpError.Refused, message)
        );
        app.MapPost("/mcp", door.Of((_, _) => new Prompt(), server.PostAsync));
        app.MapDelete("/mcp", door.Of(null, server.DeleteAsync));

        // It has nothing to say unasked.
        app.MapGet("/mcp", door.Of(null, exchange => RefuseAsync(exchange, StatusCodes.Status405MethodNotAllowed, "Use POST.")));
        app.MapPost(
            "/__drift",
            (RequestDelegate)(
                http =>
                    server._definitions.TryDrift(http.Request.Query["kind"].ToString())
                        ? JsonAnswer.SendPlainAsync(http, StatusCodes.Status200OK, $$"""{"drift":"{{server._definitions.Drift}}"}""")
                        : JsonAnswer.SendPlainAsync(http, 400, $$"""{"error":"kind is one of: {{string.Join(", ", Definitions.Kinds)}}"}""")
            )
        );
    }

    private async Task PostAsync(Exchange exchange)
    {
        var http = exchange.Http;
        if (http.Request.Headers.Origin.Count > 0)
        {
            await RefuseAsync(exchange, StatusCodes.Status403Forbidden, "No web page is answered.");
            return;
        }

        string? id = null;
        try
        {
            var call = McpCall.Read(exchange.Body);
            id = call.Id;
            if (call.IsSessionless(http.Request.Headers))
            {
                McpHeaders.Check(call, http.Request.Headers);
            }
            else if (call.Method != "initialize")
            {
                CheckSession(http.Request.Headers);
            }

            if (call.Id is null || call.Method is null)
            {
                http.Response.StatusCode = StatusCodes.Status202Accepted;
                return;
            }

            await AnswerAsync(exchange, call);
        }
        catch (McpError e)
        {
            await exchange.SendAsync(McpError.Form(id, e.Code, e.Message, e.Detail), e.Status);
        }
    }

    private Task AnswerAsync(Exchange exchange, McpCall call)
    {
        var result = McpMethods.Run(call, _definitions, _tools);
        if (call.Method == "initialize")
        {
            var session = Wire.NextId("session-");
            _sessions.Put(session, session);
            exchange.Http.Response.Headers[SessionHeader] = session;
        }

        var message = $$"""{"jsonrpc":"2.0","id":{{call.Id}},"result":{{result}}}""";
        return call.ProgressToken is { } token && call.Method == "tools/call"
            ? exchange.StreamAsync(new EventScript().Add("message", Progress(token)).Add("message", message))
            : exchange.SendAsync(message);
    }

    private static string Progress(JsonElement token)
    {
        var parameters = $$"""{"progressToken":{{token.GetRawText()}},"progress":1,"total":2}""";
        return $$"""{"jsonrpc":"2.0","method":"notifications/progress","params":{{parameters}}}""";
    }

    private Task DeleteAsync(Exchange exchange)
    {
        try
        {
            CheckSession(exchange.Http.Request.Headers);
            _sessions.Remove(exchange.Http.Request.Headers[SessionHeader].ToString());
            exchange.Http.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        }
        catch (McpError e)
        {
            return exchange.SendAsync(McpError.Form(null, e.Code, e.Message), e.Status);
        }
    }

    private void CheckSession(IHeaderDictionary headers)
    {
        if (headers[SessionHeader] is not [{ } session])
        {
            throw new McpError(McpError.Refused, "Bad Request: no session.") { Status = StatusCodes.Status400BadRequest };
        }

        if (_sessions.Find(session) is null)
        {
            throw new McpError(McpError.NoSession, "Session not found.") { Status = StatusCodes.Status404NotFound };
        }
    }

    private static Task RefuseAsync(Exchange exchange, int status, string message) =>
        exchange.SendAsync(McpError.Form(null, McpError.Refused, message), status);
}
