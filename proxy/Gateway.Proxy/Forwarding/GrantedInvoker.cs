using Gateway.Proxy.Credentials;

namespace Gateway.Proxy.Forwarding;

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
