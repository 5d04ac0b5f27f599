using System.Security.Cryptography;
using Gateway.Cli.Results;
using Gateway.Connectors.Keys;
using Gateway.Policy.Model;
using Gateway.Proxy.Identity.Signing;

namespace Gateway.Cli.Calling;

/// <summary>What a call is signed with. Disposing of it clears the key pair.</summary>
/// <param name="tenant">The tenant in the key's id: whose key it is, whatever the request claims.</param>
internal sealed class AgentKey(SigningKey signing, Id<Tenant> tenant, ECDsa? pair = null) : IDisposable
{
    public SigningKey Signing { get; } = signing;

    public Id<Tenant> Tenant { get; } = tenant;

    /// <param name="secret">The whole text, <c>gws_…</c>.</param>
    /// <exception cref="InvalidInputException">It isn't a runtime secret. The message holds no part of it.</exception>
    public static AgentKey FromSecret(string secret, Id<Agent> agent, int keyVersion)
    {
        if (!AgentKeyText.TryParse(secret.Trim(), out var key))
        {
            throw new InvalidInputException(
                "The secret isn't a whole runtime secret.",
                "Give all of the text that begins with gws_, as it was shown when it was issued."
            );
        }

        if (key.Kind != AgentKeyKind.RuntimeSecret)
        {
            throw new InvalidInputException(
                "That is a bearer key, which nothing is signed with.",
                "Send it as it is: curl -H 'Authorization: Bearer …'."
            );
        }

        if (keyVersion < 1)
        {
            throw new InvalidInputException(
                "Key versions start at 1.",
                "Leave --key-version out, or say the one that the credential was issued with."
            );
        }

        var tenant = Id<Tenant>.Parse(key.Tenant.ToString());
        var derived = RuntimeKeyDerivation.Derive(key.Secret, tenant, agent, keyVersion);
        var signing = new HmacSigningKey(key.KeyId.ToString(), derived);
        CryptographicOperations.ZeroMemory(derived);
        return new AgentKey(signing, tenant);
    }

    /// <exception cref="InvalidInputException">The key id isn't one, or the PEM holds no private key on P-256.</exception>
    public static AgentKey FromPair(string keyId, string pem)
    {
        if (!AgentKeyText.TryParseKeyId(keyId, out var tenant, out _))
        {
            throw new InvalidInputException(
                "The key id isn't one.",
                "Give it as it was shown when it was issued: the tenant, a dot and ten characters."
            );
        }

        var pair = ECDsa.Create();
        try
        {
            pair.ImportFromPem(pem);
            pair.ExportParameters(includePrivateParameters: true);
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            pair.Dispose();
            throw new InvalidInputException(
                "The private key can't be used.",
                "Name the PEM file that was kept when the pair was made, unencrypted."
            );
        }

        return new AgentKey(new EcdsaSigningKey(keyId, pair), Id<Tenant>.Parse(tenant.ToString()), pair);
    }

    public void Dispose() => pair?.Dispose();
}
