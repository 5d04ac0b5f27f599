using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace Gateway.Samples.Provider.Recording;

/// <summary>One request as it came off the wire; header names lose their case and order in Kestrel.</summary>
/// <param name="Target">Path and query, not decoded.</param>
internal sealed record Received(string Method, string Target, KeyValuePair<string, StringValues>[] Headers, byte[] Body)
{
    public static async Task<Received> ReadAsync(HttpContext http)
    {
        var request = http.Request;
        var target = http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var headers = new KeyValuePair<string, StringValues>[request.Headers.Count];
        request.Headers.CopyTo(headers, 0);
        return new Received(request.Method, target, headers, await ReadBodyAsync(http));
    }

    private static async Task<byte[]> ReadBodyAsync(HttpContext http)
    {
        if (http.Request.ContentLength is { } length)
        {
            var exact = length == 0 ? [] : new byte[length];
            await http.Request.Body.ReadExactlyAsync(exact, http.RequestAborted);
            return exact;
        }

        using var buffer = new MemoryStream();
        await http.Request.Body.CopyToAsync(buffer, http.RequestAborted);
        return buffer.ToArray();
    }
}
