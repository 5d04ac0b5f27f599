using System.Text;
using Gateway.Samples.Provider.Answering;
using Gateway.Samples.Provider.Recording;

namespace Gateway.Samples.Provider;

/// <summary>What the stand-in received, for tests: <c>/_seen</c> and <c>/_count</c>.</summary>
internal static class Inspection
{
    public static void Map(IEndpointRouteBuilder app, Recorder recorder)
    {
        app.MapGet(
            "/_seen",
            (RequestDelegate)(http => JsonAnswer.SendPlainAsync(http, 200, $"[{string.Join(',', recorder.Last().Select(Show))}]"))
        );
        app.MapGet("/_count", (RequestDelegate)(http => JsonAnswer.SendPlainAsync(http, 200, $$"""{"count":{{recorder.Count}}}""")));
        app.MapDelete(
            "/_seen",
            (RequestDelegate)(
                http =>
                {
                    recorder.Clear();
                    http.Response.StatusCode = StatusCodes.Status204NoContent;
                    return Task.CompletedTask;
                }
            )
        );
    }

    private static string Show(Received request)
    {
        var headers = string.Join(
            ',',
            request.Headers.Select(header =>
                $"{Wire.Quote(header.Key.ToLowerInvariant())}:[{string.Join(',', header.Value.Select(value => Wire.Quote(value ?? "")))}]"
            )
        );
        return $$"""
            {"method":{{Wire.Quote(request.Method)}},"target":{{Wire.Quote(request.Target)}},"headers":{{{headers}}},"body":{{Wire.Quote(
                Encoding.UTF8.GetString(request.Body)
            )}},"bodyBase64":"{{Convert.ToBase64String(request.Body)}}"}
            """;
    }
}
