using System.Runtime.CompilerServices;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;
using Gateway.Proxy.Admission;
using Gateway.Proxy.Credentials;
using Gateway.Proxy.FrontDoor;
using Gateway.Proxy.Obligations;
using Gateway.Proxy.Telemetry;
using Yarp.ReverseProxy.Forwarder;

namespace Gateway.Proxy.Forwarding;

/// <summary>
/// Makes the outgoing request of one grant: nothing of what came in but the declared headers and the judged body, then the tripwire, then
/// the credential. Running twice for one request gives the same request.
/// </summary>
public abstract class GrantedForward(Grant grant, CredentialStage credentials, Tripwire tripwire, KillSwitch kills, TimeProvider time)
    : HttpTransformer
{
    private JudgedBody? _body; // Where YARP copies it.

    protected TimeProvider Clock => time;

    /// <summary>
    /// The body where it goes in one piece; null where there is none and the request may go out again, or YARP copies it.
    /// </summary>
    internal JudgedContent? Content { get; } =
        grant.Body.Content.Length <= JudgedContent.MaxLength && !MayGoAgain(grant) ? new JudgedContent(grant.Body.Content) : null;

    /// <summary>Counts how often it goes out; null for what goes out once.</summary>
    internal Attempts? Repeatable { get; } = MayGoAgain(grant) ? new Attempts(most: 2) : null;

    /// <summary>How often it was sent, or may have been.</summary>
    public int AttemptCount => MayHaveBeenSent ? Math.Max(1, Repeatable?.Count ?? 1) : 0;

    /// <summary>The granted target. Set before sending; without it nothing is sent.</summary>
    internal Uri? Destination { get; set; }

    /// <summary>
    /// Past the breaker, which is told of the answer by its head. Not looked up again then, for the connector's document may have changed
    /// since.
    /// </summary>
    internal BreakerPermit BreakerPermit { get; set; }

    /// <summary>
    /// Where it goes, with a credential that stands in the query: only for the last step, since YARP logs where it sends to. Null where
    /// nothing may be sent.
    /// </summary>
    internal Uri? SentTo { get; private set; }

    /// <summary>How long the credential took to fetch; null until it was.</summary>
    public TimeSpan? CredentialTime { get; private set; }

    /// <summary>The credential that went out, so that it can be looked for in the answer; null where there is none.</summary>
    protected Secret? Injected { get; private set; }

    /// <summary>
    /// Whether the outgoing request was handed on to be sent, so that it may have happened whatever became of its answer. YARP's
    /// "no error" doesn't say that.
    /// </summary>
    public bool MayHaveBeenSent { get; private set; }

    /// <summary>
    /// Whether any of its body may have left. Without a connection none has; a request without a body may have gone all the same.
    /// </summary>
    public bool MayHaveArrived => MayHaveBeenSent && (Content?.IsBegun ?? _body is not { Content.IsEmpty: false, Position: 0 });

    /// <summary>Ends with the caller, with the request being killed, or with the connector's total time.</summary>
    protected RequestLifetime Lifetime => grant.Judgement.Read.Envelope.Lifetime;

    /// <summary>Whether the head of an answer arrived.</summary>
    public bool Answered { get; private set; }

    /// <summary>Copies the answer's head and body to the caller, and concludes. Must not throw: YARP would make a bare 502 of it.</summary>
    protected abstract ValueTask AnswerAsync(HttpContext httpContext, HttpResponseMessage proxyResponse);

    public sealed override async ValueTask TransformRequestAsync(
        HttpContext httpContext,
        HttpRequestMessage proxyRequest,
        string destinationPrefix,
        CancellationToken cancellationToken
    )
    {
        // The order matters:
        // (1) the request as granted (2) the tripwire over what was made (3) the credential, which the tripwire must not see as a
        // difference (4) the kills, as the last thing before it goes
        var target = grant.Intent.Target;
        if (!string.Equals(destinationPrefix, target.Authority, StringComparison.Ordinal))
        {
            throw new TripwireException("the destination is not the granted one");
        }

        // (1)
        proxyRequest.RequestUri = Destination;
        proxyRequest.Headers.Clear();
        SetHeaders(proxyRequest);

        // (2)
        _body = httpContext.Request.Body as JudgedBody;
        tripwire.Check(grant, proxyRequest, ContentOf(proxyRequest), BytesOf(httpContext).Span);

        // (3)
        var started = time.GetTimestamp();
        using var span = RequestSpans.Stage("gateway.credential");
        if (await credentials.FetchAsync(grant, cancellationToken) is { } secret)
        {
            Injected = secret;
            Placement.Apply(proxyRequest, grant.Connector.Credential!, secret, target.PathAndQuery);
        }

        (SentTo, proxyRequest.RequestUri) = (proxyRequest.RequestUri, Destination);
        CredentialTime = time.GetElapsedTime(started);
        PassOnTrace(proxyRequest);

        // (4) What was stopped since it was admitted: while people were asked, or the credential was fetched.
        kills.Demand(grant.Intent);
        MayHaveBeenSent = true;
    }

    /// <summary>Always false: the answer is copied here, so that its end can wait for the record of it.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public sealed override async ValueTask<bool> TransformResponseAsync(
        HttpContext httpContext,
        HttpResponseMessage? proxyResponse,
        CancellationToken cancellationToken
    )
    {
        if (proxyResponse is not null)
        {
            // Not with YARP's own token: it ends after one silence's length from the head on, however lively the answer is.
            Answered = true;
            BreakerPermit.Report((int)proxyResponse.StatusCode >= 500 ? SystemFault.Provoked : SystemFault.None);
            await AnswerAsync(httpContext, proxyResponse);
        }

        return false;
    }

    /// <summary>Trailers say things after the end that was recorded; none goes on.</summary>
    public sealed override ValueTask TransformResponseTrailersAsync(
        HttpContext httpContext,
        HttpResponseMessage proxyResponse,
        CancellationToken cancellationToken
    ) => default;

    /// <summary>
    /// The system sees itself as a child of the span that is open now (W3C Trace Context). Without a span nothing is added, and one that
    /// was granted stays as it was judged.
    /// </summary>
    private static void PassOnTrace(HttpRequestMessage request)
    {
        if (RequestSpans.Outermost is { Id: { } id } && !request.Headers.Contains("traceparent"))
        {
            request.Headers.TryAddWithoutValidation("traceparent", id);
        }
    }

    /// <summary>
    /// Where a connection that was used before is lost before an answer, .NET's client sends a request that has no content once more,
    /// whatever its method: one decision would be two actions. What has a content, and be it empty, it sends once. Only a read may go
    /// again, once.
    /// </summary>
    private static bool MayGoAgain(Grant grant) =>
        grant.Body.IsEmpty
        && grant.Operation.Action == ActionType.Read
        && (grant.Operation.SafeToRepeat || grant.Intent.Target.Method is "GET" or "HEAD");

    private void SetHeaders(HttpRequestMessage request)
    {
        var content = ContentOf(request);
        content?.Headers.Clear();
        for (var i = 0; i < grant.Headers.All.Count; i++)
        {
            var (name, value) = grant.Headers.All[i];
            if (!request.Headers.TryAddWithoutValidation(name, value) && content?.Headers.TryAddWithoutValidation(name, value) != true)
            {
                throw new TripwireException($"the header {name} can't be sent");
            }
        }

        if (content is not null)
        {
            content.Headers.ContentLength = grant.Body.Content.Length;
        }
    }

    /// <summary>What will be sent as the content: ours, or YARP's, which copies the body.</summary>
    private HttpContent? ContentOf(HttpRequestMessage request) =>
        request.Content is null ? Content
        : Content is null ? request.Content
        : throw new TripwireException("there are two bodies");

    /// <summary>The bytes of it, which must be the judged ones: our content's, or the granted buffer from its start.</summary>
    private ReadOnlyMemory<byte> BytesOf(HttpContext httpContext) =>
        Content?.Bytes
        ?? (
            httpContext.Request.Body is JudgedBody { Position: 0 } body
                ? body.Content
                : throw new TripwireException("the body is not the judged one")
        );
}
