using System.Runtime.CompilerServices;
using Gateway.Proxy.FrontDoor;
using Gateway.Proxy.Identity.Signatures;
using Microsoft.Extensions.Primitives;

namespace Gateway.Proxy.Identity;

/// <summary>A request that came in, as a signature sees it. Not for use by two threads.</summary>
internal sealed class IncomingMessage(RequestEnvelope envelope) : SignatureMessage
{
    private const int MostAsked = 4;

    /// <summary>
    /// Asked for three times each: whether there is one, what it says, and what of it was signed. The server knows none of them.
    /// </summary>
    private static readonly string[] Asked = ["content-digest", "gateway-tenant", "gateway-workspace", "gateway-agent"];

    private readonly IHeaderDictionary _headers = envelope.Http.Request.Headers;
    private Values _values;

    public override string Method => envelope.Http.Request.Method;

    public override string Scheme => envelope.Scheme;

    public override string Authority => envelope.Authority;

    public override string Path => envelope.RawPath;

    public override string Query => envelope.RawQuery;

    public override StringValues Field(string name)
    {
        for (var i = 0; i < MostAsked; i++)
        {
            // The same string and not an equal one: it costs nothing to ask, and what isn't found here is looked up.
            if (ReferenceEquals(name, Asked[i]))
            {
                return _values[i].Count > 0 ? _values[i] : _values[i] = _headers[name];
            }
        }

        return _headers[name];
    }

    [InlineArray(MostAsked)]
    private struct Values
    {
        private StringValues _first;
    }
}
