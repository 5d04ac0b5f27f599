using Microsoft.AspNetCore.Http;

namespace Gateway.Cli.Serving;

/// <summary>The body of a request that is only judged: nothing of it goes anywhere.</summary>
internal static class EvaluationBody
{
    /// <summary>The whole body; the server refuses one that is over its limit.</summary>
    /// <exception cref="BadHttpRequestException">It is too long, or broken off.</exception>
    public static async Task<byte[]> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancellationToken);
        return body.ToArray();
    }
}
