using Gateway.Policy.Model;
using Gateway.Proxy.Identity.Signatures;

namespace Gateway.Proxy.Identity;

/// <summary>Who the request says it comes from: the three identity headers and the key that it names. Nothing of it is proven.</summary>
/// <param name="KeyId">As in the signature, <c>tenant.id</c>.</param>
/// <param name="CredentialId">The key's public id within the tenant.</param>
internal readonly record struct ClaimedIdentity(
    Id<Tenant> Tenant, Id<Workspace> Workspace, Id<Agent> Agent, string KeyId, string CredentialId)
{
    /// <value>Characters of a credential's public id, lower-case letters and digits.</value>
    public const int CredentialIdLength = 10;

    /// <summary>Reads the headers and compares the tenant with the one that the key's id begins with.</summary>
    public static bool TryRead(SignatureMessage message, ReadOnlySpan<char> keyId, out ClaimedIdentity identity, out Refusal refusal)
    {
        identity = default;
        if (!TryReadId<Tenant>(message, "gateway-tenant", out var tenant, out refusal)
            || !TryReadId<Workspace>(message, "gateway-workspace", out var workspace, out refusal)
            || !TryReadId<Agent>(message, "gateway-agent", out var agent, out refusal))
        {
            return false;
        }

        if (!TrySplit(keyId, out var keyTenant, out var credential))
        {
            refusal = SignatureRefusals.Invalid("the keyid isn't a tenant, a dot and ten lower-case letters or digits");
            return false;
        }

        if (!keyTenant.SequenceEqual(tenant.ToString()))
        {
            refusal = SignatureRefusals.Mismatch("the key belongs to another tenant than gateway-tenant says");
            return false;
        }

        identity = new ClaimedIdentity(tenant, workspace, agent, keyId.ToString(), credential.ToString());
        return true;
    }

    private static bool TryReadId<T>(SignatureMessage message, string name, out Id<T> id, out Refusal refusal)
    {
        var values = message.Field(name);
        var good = Id<T>.TryParse(values is { Count: 1 } ? values[0] : null, out id);
        refusal = good ? default : SignatureRefusals.Malformed($"{name} must be there once, with a name in it.");
        return good;
    }

    /// <summary>From the right: a tenant's name may have dots.</summary>
    private static bool TrySplit(ReadOnlySpan<char> keyId, out ReadOnlySpan<char> tenant, out ReadOnlySpan<char> credential)
    {
        tenant = default;
        credential = default;
        var dot = keyId.LastIndexOf('.');
        if (dot <= 0)
        {
            return false;
        }

        tenant = keyId[..dot];
        credential = keyId[(dot + 1)..];
        return credential.Length == CredentialIdLength && !credential.ContainsAnyExcept("abcdefghijklmnopqrstuvwxyz0123456789");
    }
}
