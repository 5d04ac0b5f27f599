namespace Gateway.Samples.Provider.Answering;

/// <summary>An answer that is a stream of server-sent events, or what the directives make of it.</summary>
internal static class EventStream
{
    private static readonly byte[] Garbage = [.. "data: {\"choices\": [}\n\nnot a field\ndata: "u8, 0xff, 0xfe, .. "\n\nevent\n\n\0\0"u8];

    public static async Task SendAsync(HttpContext http, Directives directives, EventScript script)
    {
        http.Response.ContentType = directives.Html ? "text/html; charset=utf-8" : "text/event-stream; charset=utf-8";
        http.Response.Headers.CacheControl = "no-cache";
        http.Response.Headers["x-request-id"] = Wire.NextId("req_");
        if (directives.Garbage)
        {
            await PacedBody.WriteAsync(http, directives, Garbage);
            return;
        }

        var whole = !(directives.Half || directives.Stall || directives.Fail);
        var end =
            directives.Endless ? script.Repeated
            : whole ? script.Count
            : script.Count / 2;
        for (var i = 0; i < end; i++)
        {
            await PacedBody.WriteAsync(http, directives, script[i]);
        }

        await EndAsync(http, directives, script);
    }

    private static Task EndAsync(HttpContext http, Directives directives, EventScript script)
    {
        if (directives.Endless)
        {
            return PacedBody.RepeatAsync(http, directives, script[script.Repeated]);
        }

        if (directives.Fail && script.Failure is { } failure)
        {
            return PacedBody.WriteAsync(http, directives, failure[0]);
        }

        return directives.Half || directives.Stall ? JsonAnswer.StopAsync(http, directives) : Task.CompletedTask;
    }
}
