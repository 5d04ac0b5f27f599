using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Gateway.Connectors.Keys;
using Gateway.Policy.Model;
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

/// <summary>Who the request says it comes from: the three identity headers and the key that it names. Nothing of it is proven.</summary>
/// <param name="CredentialId">The key's public id within the tenant.</param>
internal readonly record struct ClaimedIdentity(Id<Tenant> Tenant, Id<Workspace> Workspace, Id<Agent> Agent, string CredentialId)
{
    /// <summary>Reads the headers and compares the tenant with the one that the key's id begins with.</summary>
    public static bool TryRead(
        SignatureMessage message,
        ReadOnlySpan<char> keyId,
        out ClaimedIdentity identity,
        [NotNullWhen(false)] out Refusal? refusal
    )
    {
        identity = default;
        if (
            !TryReadId<Tenant>(message, "gateway-tenant", out var tenant, out refusal)
            || !TryReadId<Workspace>(message, "gateway-workspace", out var workspace, out refusal)
            || !TryReadId<Agent>(message, "gateway-agent", out var agent, out refusal)
        )
        {
            return false;
        }

        if (!AgentKeyText.TryParseKeyId(keyId, out var keyTenant, out var credential))
        {
            refusal = SignatureRefusals.Invalid("the keyid isn't a tenant, a dot and a credential's public id");
            return false;
        }

        if (!keyTenant.SequenceEqual(tenant.ToString()))
        {
            refusal = SignatureRefusals.Mismatch("the key belongs to another tenant than gateway-tenant says");
            return false;
        }

        identity = new ClaimedIdentity(tenant, workspace, agent, credential.ToString());
        return true;
    }

    private static bool TryReadId<T>(SignatureMessage message, string name, out Id<T> id, [NotNullWhen(false)] out Refusal? refusal)
    {
        var values = message.Field(name);
        var good = Id<T>.TryParse(values is { Count: 1 } ? values[0] : null, out id);
        refusal = good ? default : SignatureRefusals.Malformed($"{name} must be there once, with a name in it.");
        return good;
    }
}
