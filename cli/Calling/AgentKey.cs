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

    public void Dispose() => pair?.Dispose();
}
