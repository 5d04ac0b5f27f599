using System.Security.Cryptography;
using Gateway.Cli.Results;
using Gateway.Connectors.Keys;
using Gateway.Policy.Model;
using Gateway.Proxy.Identity.Signing;

namespace Gateway.Cli.Calling;

/// <summary>The key pair of a caller that signs with ECDSA, from its PEM file.</summary>
internal static class P256KeyPair
{
    /// <exception cref="InvalidInputException">The key id isn't one, or the PEM holds no private key on P-256.</exception>
    public static AgentKey Read(string keyId, string pem)
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
}
