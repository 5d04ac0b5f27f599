using Microsoft.AspNetCore.Http;

namespace Gateway.Cli.Bridging;

/// <summary>
/// Streamable HTTP with sessions: POST sends a message, GET listens, DELETE ends the session. What it refuses it refuses as official
/// servers do, so that clients of several protocols find the one that is spoken here.
/// </summary>
internal sealed class BridgeEndpoint(SessionTable sessions, BridgeAccess access, bool isSocket)
{
    public const string Path = "/mcp";

    public async Task AnswerAsync(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        if (access.Refuse(request, isSocket) is var (status, message))
        {
            if (status == StatusCodes.Status401Unauthorized)
            {
                response.Headers.WWWAuthenticate = "Bearer";
            }

            await RefuseAsync(response, status, message);
            return;
        }

        if (request.Path != Path)
        {
            await RefuseAsync(response, StatusCodes.Status404NotFound, $"There is {Path} only.");
            return;
        }

        try
        {
            await (
                HttpMethods.IsPost(request.Method) ? PostAsync(context)
                : HttpMethods.IsGet(request.Method) ? ListenAsync(context)
                : HttpMethods.IsDelete(request.Method) ? DeleteAsync(context)
                : RefuseMethodAsync(response)
            );
        }
        catch (Exception e) when (context.RequestAborted.IsCancellationRequested && e is OperationCanceledException or IOException)
        {
            // The client left. What it asked for goes on: in this protocol only notifications/cancelled ends it.
        }
    }

    private async Task PostAsync(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        if (!BridgeRequest.IsJson(request))
        {
            await RefuseAsync(response, StatusCodes.Status415UnsupportedMediaType, "The content type must be application/json.");
            return;
        }

        RpcMessage? message;
        try
        {
            message = await BridgeRequest.ReadAsync(request, context.RequestAborted);
        }
        catch (BadHttpRequestException e)
        {
            await RefuseAsync(response, e.StatusCode, e.StatusCode == 413 ? "The message is too long." : "The request was broken off.");
            return;
        }

        if (!BridgeRequest.TakesJson(request) && !BridgeRequest.TakesEvents(request))
        {
            await RefuseAsync(response, 406, "Accept application/json and text/event-stream.", RpcError.Closed, message);
        }
        else if (message is null)
        {
            await RefuseAsync(response, 400, "The body must be one JSON-RPC 2.0 message, no name twice in it.", RpcError.Unreadable);
        }
        else if (message.IsSessionless || !BridgeRequest.HasSessions(request))
        {
            await RefuseAsync(response, 400, "Bad Request: only protocols with sessions are spoken here.", RpcError.Closed, message);
        }
        else if (message is { Kind: RpcKind.Request, Method: "initialize" })
        {
            await InitializeAsync(context, message);
        }
        else if (await FindAsync(context, message) is { } session)
        {
            await SendAsync(context, session, message);
        }
    }

    private async Task InitializeAsync(HttpContext context, RpcMessage message)
    {
        var (request, response) = (context.Request, context.Response);
        if (request.Headers.ContainsKey(BridgeRequest.SessionHeader))
        {
            await RefuseAsync(response, 400, "Bad Request: the session is initialized already.", RpcError.Invalid, message);
            return;
        }

        Session? session;
        try
        {
            session = await sessions.StartAsync();
        }
        catch (IOException e)
        {
            await RefuseAsync(response, StatusCodes.Status502BadGateway, e.Message, RpcError.Closed, message);
            return;
        }

        if (session is null)
        {
            response.Headers.RetryAfter = "5";
            await RefuseAsync(response, 503, "There are as many sessions as there may be. End one.", RpcError.Closed, message);
            return;
        }

        // The session's id stands in the head, before anything else can be said: no stream yet.
        var (_, call) = await session.CallAsync(message, takesEvents: false);
        var isOpen = false;
        try
        {
            _ = await call.Outlet.Messages.WaitToReadAsync(context.RequestAborted);
            isOpen = call.Outlet.Response is { IsError: false };
        }
        finally
        {
            if (isOpen)
            {
                session.Opened();
                response.Headers[BridgeRequest.SessionHeader] = session.Id;
            }
            else
            {
                session.End("The session wasn't opened.");
            }
        }

        await new EventAnswer(response, BridgeRequest.TakesJson(request)).WriteAsync(call.Outlet, context.RequestAborted);
    }

    private static async Task SendAsync(HttpContext context, Session session, RpcMessage message)
    {
        var (request, response) = (context.Request, context.Response);
        if (message.Kind != RpcKind.Request)
        {
            await session.SendAsync(message);
            response.StatusCode = StatusCodes.Status202Accepted;
            return;
        }

        var (takesJson, takesEvents) = (BridgeRequest.TakesJson(request), BridgeRequest.TakesEvents(request));
        var (start, call) = await session.CallAsync(message, takesEvents);
        switch (start)
        {
            case CallStart.Begun:
                try
                {
                    await new EventAnswer(response, takesJson).WriteAsync(call.Outlet, context.RequestAborted);
                }
                finally
                {
                    call.Outlet.Close();
                }

                break;
            case CallStart.IdInUse:
                await RefuseAsync(response, 400, "A request of this id is under way.", RpcError.Invalid);
                break;
            case CallStart.TooMany:
                await RefuseAsync(response, 429, "Too many requests are under way in this session.", RpcError.Closed, message);
                break;
            case CallStart.None or CallStart.Ended:
                await RefuseAsync(response, 404, "Session not found", RpcError.TimedOut, message);
                break;
        }
    }

    private async Task ListenAsync(HttpContext context)
    {
        if (!BridgeRequest.TakesEvents(context.Request))
        {
            await RefuseAsync(context.Response, 406, "Accept text/event-stream.", RpcError.Closed);
        }
        else if (await FindAsync(context, null) is { } session)
        {
            if (session.Listen() is not { } outlet)
            {
                await RefuseAsync(context.Response, 409, "Conflict: somebody listens to this session already.", RpcError.Closed);
                return;
            }

            try
            {
                var answer = new EventAnswer(context.Response, takesJson: false);
                await answer.BeginAsync(context.RequestAborted);
                await answer.WriteAsync(outlet, context.RequestAborted);
            }
            finally
            {
                outlet.Close();
            }
        }
    }

    private async Task DeleteAsync(HttpContext context)
    {
        if (await FindAsync(context, null) is { } session)
        {
            session.End("The client ended the session.");
            await session.Ended.WaitAsync(context.RequestAborted);
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        }
    }

    /// <summary>The session of the request; refuses one without.</summary>
    private async Task<Session?> FindAsync(HttpContext context, RpcMessage? message)
    {
        var named = context.Request.Headers[BridgeRequest.SessionHeader];
        if (!BridgeRequest.HasSessions(context.Request) || named is not [{ Length: > 0 } id])
        {
            await RefuseAsync(context.Response, 400, "Bad Request: one Mcp-Session-Id header is required.", RpcError.Closed, message);
            return null;
        }

        if (!sessions.TryFind(id, out var session))
        {
            await RefuseAsync(context.Response, 404, "Session not found", RpcError.TimedOut, message);
        }

        return session;
    }

    private static Task RefuseMethodAsync(HttpResponse response)
    {
        response.Headers.Allow = "GET, POST, DELETE";
        return RefuseAsync(response, StatusCodes.Status405MethodNotAllowed, "Method not allowed.", RpcError.Closed);
    }

    private static async Task RefuseAsync(
        HttpResponse response,
        int status,
        string text,
        int code = RpcError.Closed,
        RpcMessage? message = null
    )
    {
        var body = RpcError.Of(message?.Kind == RpcKind.Request ? message.Id : "", code, text);
        response.StatusCode = status;
        response.ContentType = "application/json";
        response.ContentLength = body.Length;
        await response.BodyWriter.WriteAsync(body);
    }
}
