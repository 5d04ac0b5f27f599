using Gateway.Evidence.Signing;

namespace Gateway.Proxy.Doors.Receipts;

/// <summary>
/// The public keys that receipts and checkpoints are verified with, for everybody: <c>/.well-known/jwks.json</c> (RFC 7517). Whoever
/// verifies offline fetches them once, over a way that he trusts.
/// </summary>
public sealed class PublishedKeys(LogKeys keys)
{
    private const string Path = "/.well-known/jwks.json";

    private readonly byte[] _set = PublicKeySet.Write(keys.Public);

    /// <summary>True when it was asked for and has been answered.</summary>
    public async ValueTask<bool> TryAnswerAsync(HttpContext http, string path)
    {
        if (path != Path || !HttpMethods.IsGet(http.Request.Method))
        {
            return false;
        }

        http.Response.ContentType = "application/jwk-set+json";
        http.Response.ContentLength = _set.Length;
        http.Response.Headers.CacheControl = "public, max-age=300";
        await http.Response.Body.WriteAsync(_set, http.RequestAborted);
        return true;
    }
}
