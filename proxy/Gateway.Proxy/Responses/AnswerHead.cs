using Gateway.Policy.Model;

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
    public static void Copy(HttpResponseMessage from, HttpResponse to, Operation operation, ResponseMetadata marks, long? length)
    {
        to.Headers.Clear(); // Whatever was set on the way here isn't the answer's.
        to.StatusCode = (int)from.StatusCode;
        foreach (var name in operation.ResponseHeaders)
        {
            Copy(from, to, name);
        }

        foreach (var name in OfTheBody)
        {
            Copy(from, to, name);
        }

        to.ContentLength = length;
        marks.WriteTo(to.Headers);
    }

    /// <summary>Of a body that isn't the upstream's any more, what the upstream says of its bytes is wrong.</summary>
    public static void ForgetDigests(HttpResponse response)
    {
        foreach (var name in Digests)
        {
            response.Headers.Remove(name);
        }
    }

    private static void Copy(HttpResponseMessage from, HttpResponse to, string name)
    {
        if (
            from.Headers.NonValidated.TryGetValues(name, out var values) || from.Content.Headers.NonValidated.TryGetValues(name, out values)
        )
        {
            var value = values.ToString();
            if (value.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0)
            {
                to.Headers[name] = value;
            }
        }
    }
}
