using Gateway.Proxy.FrontDoor;
using Gateway.Proxy.Identity.Signatures;
using Microsoft.Extensions.Primitives;

namespace Gateway.Proxy.Identity;

/// <summary>A request that came in, as a signature sees it.</summary>
internal sealed class IncomingMessage(RequestEnvelope envelope) : SignatureMessage
{
    public override string Method => envelope.Http.Request.Method;

    public override string Scheme => envelope.Scheme;

    public override string Authority => envelope.Authority;

    public override string Path => envelope.RawPath;

    public override string Query => envelope.RawQuery;

    public override StringValues Field(string name) => envelope.Http.Request.Headers[name];
}
