using System.IO.Compression;
using System.Text;

namespace Gateway.Samples.Provider.Answering;

/// <summary>An answer that is one JSON document, or what the directives make of it.</summary>
internal static class JsonAnswer
{
    private static readonly byte[] Garbage = [.. "{\"id\": \"chatcmpl-"u8, 0xff, 0xfe, 0x00, .. "}}]<<not json"u8];
    private static readonly byte[] Blank = [.. Enumerable.Repeat((byte)' ', 1024)];

    public static async Task SendAsync(HttpContext http, Directives directives, int status, string json)
    {
        var body = directives.Garbage ? Garbage : Encoding.UTF8.GetBytes(json);
        if (directives.Gzip)
        {
            http.Response.Headers.ContentEncoding = "gzip";
            body = Compress(body);
        }

        Begin(http, status, directives.Html ? "text/html; charset=utf-8" : "application/json");
        if (directives.Endless)
        {
            await PacedBody.WriteAsync(http, directives, body.AsMemory(0, body.Length / 2));
            await PacedBody.RepeatAsync(http, directives, Blank);
        }

        http.Response.ContentLength = body.Length;
        if (directives.Half || directives.Stall)
        {
            await PacedBody.WriteAsync(http, directives, body.AsMemory(0, body.Length / 2));
            await StopAsync(http, directives);
            return;
        }

        await PacedBody.WriteAsync(http, directives, body);
    }

    /// <summary>Without any directive: errors, and the stand-in's own pages.</summary>
    public static Task SendPlainAsync(HttpContext http, int status, string json)
    {
        var body = Encoding.UTF8.GetBytes(json);
        Begin(http, status, "application/json");
        http.Response.ContentLength = body.Length;
        return http.Response.BodyWriter.WriteAsync(body, http.RequestAborted).AsTask();
    }

    /// <summary>The end of an answer that must not be complete.</summary>
    public static Task StopAsync(HttpContext http, Directives directives) =>
        directives.Stall ? Connection.StallAsync(http) : Connection.CutAsync();

    private static void Begin(HttpContext http, int status, string type)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = type;
        http.Response.Headers["x-request-id"] = Wire.NextId("req_");
    }

    private static byte[] Compress(byte[] body)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest))
        {
            gzip.Write(body);
        }

        return compressed.ToArray();
    }
}
