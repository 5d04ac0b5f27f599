namespace Gateway.Proxy.Forwarding;

/// <summary>Sends one request over its connector's connections, with the judged content where it goes in one piece: YARP lets nobody else put a content in.</summary>
internal sealed class JudgedSending(HttpMessageHandler connections, GrantedForward forward) : HttpMessageInvoker(connections, disposeHandler: false)
{
    public override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Content ??= forward.Content;
        return base.SendAsync(request, cancellationToken);
    }
}
