using System.Runtime.CompilerServices;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;
using Gateway.Proxy.Admission;
using Gateway.Proxy.Credentials;
using Gateway.Proxy.Obligations;
using Microsoft.AspNetCore.Http.Features;
using Yarp.ReverseProxy.Forwarder;

namespace Gateway.Proxy.Forwarding;

/// <summary>Sends what was granted through YARP's forwarder, unless the connector's breaker is open. Reads no body.</summary>
public sealed class ForwardingStage(IHttpForwarder forwarder, ConnectorClients clients)
{
    /// <summary>
    /// Null when the answer was copied to the caller, whatever it said; otherwise why there is none, or none that is whole.
    /// </summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<Refusal?> SendAsync(HttpContext http, Grant grant, GrantedForward forward)
    {
        var client = clients.Of(grant.Connector);
        if (client.Breaker.TryEnter(grant.Intent.Agent, out var passage) is { } wait)
        {
            return new Refusal(ReasonCode.UpstreamUnavailable, RetryAfter: wait);
        }

        var lifetime = grant.Judgement.Read.Envelope.Lifetime;
        lifetime.Within(grant.Timeouts.Total);
        forward.Destination = client.UriOf(grant.Intent.Target);
        forward.BreakerPermit = passage;
        Prepare(http, grant, forward);
        using var sending = new GrantedInvoker(client.Connections, forward);
        ForwarderError error;
        try
        {
            error = await forwarder.SendAsync(http, grant.Intent.Target.Authority, sending, client.Request, forward, lifetime.Token);
        }
        catch
        {
            passage.Abandon(); // Or the one probe would be under way for ever.
            throw;
        }

        if (error == ForwarderError.None)
        {
            return null;
        }

        var exception = http.GetForwarderErrorFeature()?.Exception;
        var refusal = Explain(error, exception, forward, lifetime.IsLate);
        if (forward.Answered)
        {
            return refusal; // The head told the breaker already.
        }

        // Who hangs up over a body may just refuse it: .NET sends all of it before it looks for an answer. Or one caller with bodies that
        // are too large could cut off all others.
        var hungUp = error is ForwarderError.RequestBodyDestination && refusal.Reason == ReasonCode.UpstreamFailed;
        if (hungUp || lifetime.IsInterrupted || refusal.Reason is not (ReasonCode.UpstreamFailed or ReasonCode.UpstreamTimeout))
        {
            passage.Abandon();
        }
        else
        {
            passage.Report(NobodyWasThere(error, exception) ? SystemFault.Unreachable : SystemFault.Provoked);
        }

        return refusal;
    }

    /// <summary>YARP copies the method, and a long body, from the request and trusts its length; all become the granted ones.</summary>
    private static void Prepare(HttpContext http, Grant grant, GrantedForward forward)
    {
        http.Request.Method = grant.Intent.Target.Method;
        http.Request.Headers.TransferEncoding = default;
        http.Request.ContentLength = grant.Body.Content.Length;
        http.Request.Body = new JudgedBody(grant.Body.Content);
        http.Features.Set<IHttpRequestBodyDetectionFeature>(
            grant.Body.IsEmpty || forward.Content is not null ? BodyDetection.None : BodyDetection.Present
        );
    }

    private static Refusal Explain(ForwarderError error, Exception? exception, GrantedForward forward, bool late) =>
        exception switch
        {
            CredentialSourceException e => new(ReasonCode.CredentialUnavailable, Note: e.Message),
            StoppedException e => e.Refusal,
            TripwireException e => new(ReasonCode.InternalError, Note: e.Message),
            _ when !forward.MayHaveBeenSent => new(ReasonCode.InternalError, Note: $"{error}: {exception?.Message}"),
            _ when late || WasTooSlow(error, exception) => new(ReasonCode.UpstreamTimeout, Note: error.ToString()),
            _ => new(
                ReasonCode.UpstreamFailed,
                Note: $"{error}: {exception?.GetType().Name} {exception?.InnerException?.Message}".TrimEnd()
            ),
        };

    /// <summary>
    /// Whether the system couldn't be connected to, whatever was asked of it. A connection that doesn't come in time ends as cancelled for
    /// a time-out; an answer that doesn't, as the request's own.
    /// </summary>
    private static bool NobodyWasThere(ForwarderError error, Exception? exception) =>
        exception switch
        {
            HttpRequestException
            {
                HttpRequestError: HttpRequestError.ConnectionError
                    or HttpRequestError.NameResolutionError
                    or HttpRequestError.SecureConnectionError
            } => true,
            TaskCanceledException { InnerException: TimeoutException } => error != ForwarderError.RequestTimedOut,
            AggregateException { InnerExceptions: var parts } => parts.Any(part => NobodyWasThere(error, part)),
            _ => false,
        };

    /// <summary>
    /// In answering, in being connected to, or in taking in a body, of which YARP says both what came of the body and why the request
    /// ended.
    /// </summary>
    private static bool WasTooSlow(ForwarderError error, Exception? exception) =>
        error is ForwarderError.RequestTimedOut
        || exception
            is TaskCanceledException { InnerException: TimeoutException }
                or AggregateException { InnerExceptions: [_, OperationCanceledException] };
}

/// <summary>
/// Sends one request over its connector's connections, to the target with its credential, and with the judged content where it goes in one
/// piece: YARP lets nobody else put a content in.
/// </summary>
internal sealed class GrantedInvoker(HttpMessageHandler connections, GrantedForward forward)
    : HttpMessageInvoker(connections, disposeHandler: false)
{
    public override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.RequestUri = forward.SentTo ?? throw new TripwireException("nothing was made to be sent");
        request.Content ??= forward.Content;
        forward.Repeatable?.Begin();
        try
        {
            return await base.SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.InvalidResponse)
        {
            // .NET's message quotes what it couldn't read, and YARP logs it: that may be the credential, said again, or a piece of a body.
            throw new HttpRequestException(HttpRequestError.InvalidResponse, "The answer can't be read as HTTP.");
        }
    }
}
