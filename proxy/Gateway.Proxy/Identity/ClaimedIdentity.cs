using Gateway.Connectors.Keys;
using Gateway.Policy.Model;
using Gateway.Proxy.Identity.Signatures;

namespace Gateway.Proxy.Identity;

/// <summary>Who the request says it comes from: the three identity headers and the key that it names. Nothing of it is proven.</summary>
/// <param name="CredentialId">The key's public id within the tenant.</param>
internal readonly record struct ClaimedIdentity(Id<Tenant> Tenant, Id<Workspace> Workspace, Id<Agent> Agent, string CredentialId)
{
    /// <summary>Reads the headers and compares the tenant with the one that the key's id begins with.</summary>
    public static bool TryRead(SignatureMessage message, ReadOnlySpan<char> keyId, out ClaimedIdentity identity, out Refusal refusal)
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

    private static bool TryReadId<T>(SignatureMessage message, string name, out Id<T> id, out Refusal refusal)
    {
        var values = message.Field(name);
        var good = Id<T>.TryParse(values is { Count: 1 } ? values[0] : null, out id);
        refusal = good ? default : SignatureRefusals.Malformed($"{name} must be there once, with a name in it.");
        return good;
    }
}
