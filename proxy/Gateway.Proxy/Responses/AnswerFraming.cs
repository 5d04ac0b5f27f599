using System.Net;

namespace Gateway.Proxy.Responses;

/// <summary>
/// Whether an answer's end can be found in one way only (RFC 9112, section 6.3). .NET's client takes the first of two lengths, reads on to
/// the close where a length is no number, and undoes no coding but chunked: what it hands on as whole may be a part, or not what the system
/// meant.
/// </summary>
internal static class AnswerFraming
{
    public static bool IsClear(HttpResponseMessage answer)
    {
        var content = answer.Content.Headers;
        var hasLength = content.NonValidated.TryGetValues("Content-Length", out var lengths);
        if (!answer.Headers.NonValidated.TryGetValues("Transfer-Encoding", out var codings))
        {
            return !hasLength || (lengths.Count == 1 && content.ContentLength is not null);
        }

        return !hasLength
            && answer.Version >= HttpVersion.Version11
            && string.Equals(codings.ToString(), "chunked", StringComparison.OrdinalIgnoreCase);
    }
}
