using System.Net;
using Microsoft.AspNetCore.Http.Features;

namespace Gateway.Proxy.Responses;

/// <summary>
/// Copies an answer's head: the status, the headers that the operation declares and those that describe the body. Nothing else of the
/// upstream's is seen.
/// </summary>
internal static class AnswerHead
{
    public static readonly string[] OfTheBody = ["content-type", "content-encoding"];

    private static readonly string[] Digests = ["content-digest", "repr-digest", "digest", "content-md5", "etag"];

    /// <param name="length">The body's length where it is known and will be delivered whole; null otherwise.</param>
    public static void Copy(HttpResponseMessage from, HttpResponse to, AnswerPlan plan, long? length)
    {
        to.Headers.Clear(); // Whatever was set on the way here isn't the answer's.
        to.StatusCode = (int)from.StatusCode;
        for (var i = 0; i < plan.Operation.ResponseHeaders.Count; i++)
        {
            Copy(from, to, plan.Operation.ResponseHeaders[i], plan);
        }

        foreach (var name in OfTheBody)
        {
            Copy(from, to, name, plan);
        }

        if (plan.Messages?.HeaderOf(from) is { } header)
        {
            to.Headers[header.Key] = header.Value;
        }

        to.ContentLength = length;
        plan.Metadata.WriteTo(to.Headers);
    }

    /// <summary>YARP copies the system's own words for the status, which nobody reads and anything may stand in.</summary>
    public static void ForgetPhrase(HttpResponse response) =>
        response.HttpContext.Features.GetRequiredFeature<IHttpResponseFeature>().ReasonPhrase = null;

    /// <summary>Of a body that isn't the upstream's any more, what the upstream says of its bytes is wrong.</summary>
    public static void ForgetDigests(HttpResponse response)
    {
        foreach (var name in Digests)
        {
            response.Headers.Remove(name);
        }
    }

    private static void Copy(HttpResponseMessage from, HttpResponse to, string name, AnswerPlan plan)
    {
        if (
            from.Headers.NonValidated.TryGetValues(name, out var values) || from.Content.Headers.NonValidated.TryGetValues(name, out values)
        )
        {
            var value = values.ToString();
            if (value.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0 && plan.Reduction?.MayStandInHeader(value) != false)
            {
                to.Headers[name] = value;
            }
        }
    }
}

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
