using System.Buffers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Gateway.LoadTests.Servers;

/// <summary>
/// What is behind every target: answers with the same bytes as fast as the server can, so that it isn't what is measured.
/// </summary>
internal static class UpstreamServer
{
    private const int Looked = 64 * 1024;

    public static WebApplication Build(Uri address)
    {
        var app = PlainServer.Build(address);
        app.Run(AnswerAsync);
        return app;
    }

    private static async Task AnswerAsync(HttpContext http)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Looked);
        try
        {
            var streamed = await ReadAsync(http.Request.Body, buffer);
            var tool = http.Request.Path.Value!.Contains("/contacts/", StringComparison.Ordinal);
            await (streamed ? StreamAsync(http.Response) : WholeAsync(http.Response, tool ? FixedAnswers.Tool : FixedAnswers.Model));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <returns>Whether the first part of the body asks for a stream.</returns>
    private static async Task<bool> ReadAsync(Stream body, byte[] buffer)
    {
        var (filled, read) = (0, 0);
        while ((read = await body.ReadAsync(buffer.AsMemory(filled))) > 0)
        {
            filled += read;
            if (filled == buffer.Length)
            {
                filled = 0; // A long body: only its end is looked at, and no scenario streams a long one.
            }
        }

        return buffer.AsSpan(0, filled).IndexOf("\"stream\":true"u8) >= 0;
    }

    private static async Task WholeAsync(HttpResponse response, byte[] answer)
    {
        response.ContentType = "application/json";
        response.ContentLength = answer.Length;
        await response.Body.WriteAsync(answer);
    }

    private static async Task StreamAsync(HttpResponse response)
    {
        response.ContentType = "text/event-stream";
        foreach (var piece in FixedAnswers.Stream)
        {
            await response.Body.WriteAsync(piece);
            await response.Body.FlushAsync();
        }
    }
}
