using Gateway.Proxy.Responses;

namespace Gateway.Proxy.Evidence;

/// <summary>Answers with a part of the journal.</summary>
public static class EvidenceWriter
{
    public static async Task WriteAsync(HttpContext http, EvidenceAnswer answer, ResponseMetadata marks)
    {
        http.Response.StatusCode = StatusCodes.Status200OK;
        http.Response.ContentType = answer.ContentType;
        http.Response.ContentLength = answer.Content.Length;
        http.Response.Headers.CacheControl = "no-store";
        marks.WriteTo(http.Response.Headers);
        await http.Response.Body.WriteAsync(answer.Content, http.RequestAborted);
    }
}
