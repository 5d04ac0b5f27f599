using Gateway.Proxy.Identity.Signatures;
using Microsoft.Extensions.Primitives;

namespace Gateway.Proxy.Identity.Signing;

/// <summary>A request about to be sent, as <see cref="HttpClient"/> will put it on the wire.</summary>
internal sealed class OutgoingMessage(HttpRequestMessage request, Uri target) : SignatureMessage
{
    public override string Method => request.Method.Method;
    public override string Scheme => target.Scheme;
    public override string Path => target.AbsolutePath;
    public override string Query => target.Query;

    public override string Authority
    {
        get
        {
            if (request.Headers.Host is { } host)
            {
                return host;
            }

            var name = target.HostNameType == UriHostNameType.IPv6 ? target.Host : target.IdnHost;
            return target.IsDefaultPort ? name : FormattableString.Invariant($"{name}:{target.Port}");
        }
    }

    /// <summary>
    /// As it was set, since parsing a header could write it in another way than it is sent; several values as the one line that the
    /// client sends them in.
    /// </summary>
    public override StringValues Field(string name)
    {
        if (
            request.Headers.NonValidated.TryGetValues(name, out var values)
            || (request.Content is not null && request.Content.Headers.NonValidated.TryGetValues(name, out values))
        )
        {
            return values.ToString();
        }

        return StringValues.Empty;
    }
}
