using Gateway.Proxy.Admission;
using Gateway.Proxy.FrontDoor;

namespace Gateway.Proxy.Pipeline;

/// <summary>
/// Makes a request for an agent in the course of another one of its own, which needs what it answers. It takes the same way: admitted,
/// judged, recorded and reduced as if the agent had sent it.
/// </summary>
public sealed class RequestsInCourse(GovernedPath path, RunningRequests running, RequestLifetimes lifetimes, TimeProvider time)
{
    /// <summary>The status and the body that the agent would have got; status 0 where it was broken off.</summary>
    /// <param name="outer">The request in whose course it is made.</param>
    /// <param name="headers">All that it has besides the content's type.</param>
    public async Task<(int Status, ReadOnlyMemory<byte> Body)> SendAsync(
        RequestEnvelope outer,
        ActionCall call,
        IEnumerable<KeyValuePair<string, string>> headers,
        ReadOnlyMemory<byte> body
    )
    {
        if (running.AgentOf(outer.Lifetime) is not { } agent)
        {
            return (0, default); // It has ended: nobody is proven any more.
        }

        using var lifetime = lifetimes.Start(outer.Lifetime.Token);
        var http = new DefaultHttpContext { RequestServices = outer.Http.RequestServices, RequestAborted = lifetime.Token };
        http.Request.Protocol = HttpProtocol.Http11;
        (http.Request.Method, http.Request.ContentType, http.Request.ContentLength) = ("POST", "application/json", body.Length);
        http.Request.Body = new MemoryStream(body.ToArray(), writable: false);
        foreach (var (name, value) in headers)
        {
            http.Request.Headers[name] = value;
        }

        using var answer = new MemoryStream();
        http.Response.Body = answer;
        await path.RunInCourseAsync(
            new RequestEnvelope
            {
                Http = http,
                Call = call,
                Lifetime = lifetime,
                RequestId = Identifier.Next(),
                Snapshot = outer.Snapshot,
                RawPath = outer.RawPath,
                RawQuery = "",
                Scheme = outer.Scheme,
                Authority = outer.Authority,
                Started = time.GetTimestamp(),
            },
            agent.InCourse()
        );
        return lifetime.IsInterrupted ? (0, default) : (http.Response.StatusCode, answer.ToArray());
    }
}
