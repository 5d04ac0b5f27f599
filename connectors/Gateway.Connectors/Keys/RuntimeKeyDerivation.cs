using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Gateway.Connectors.Vaults;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Keys;

/// <summary>
/// The key that an agent signs with, from its runtime secret: HKDF-SHA256 (RFC 5869) of the secret's characters as ASCII, no salt, and
/// as info <c>gateway-agent-v1</c>, tenant, agent and key version, each behind its length (two bytes, the high one first). The raw
/// secret never signs, and what signs for one agent is nothing to another.
/// </summary>
public static class RuntimeKeyDerivation
{
    /// <value>The derived key's length in bytes.</value>
    public const int KeyLength = 32;

    private const string Tag = "gateway-agent-v1";

    /// <param name="secret">The secret part of the key's text, without the checksum.</param>
    /// <param name="keyVersion">From 1; goes in as decimal text.</param>
    /// <exception cref="ArgumentException">One of them isn't what it should be.</exception>
    public static byte[] Derive(ReadOnlySpan<char> secret, Id<Tenant> tenant, Id<Agent> agent, int keyVersion)
    {
        Span<byte> ascii = stackalloc byte[AgentKeyText.SecretLength];
        if (
            secret.Length != ascii.Length
            || Ascii.FromUtf16(secret, ascii, out _) != System.Buffers.OperationStatus.Done
            || tenant.IsEmpty
            || agent.IsEmpty
            || keyVersion < 1
        )
        {
            throw new ArgumentException("A runtime key is derived from a key's secret, a tenant, an agent and a version from 1.");
        }

        var key = new byte[KeyLength];
        var info = LengthPrefixed.Join(Tag, tenant.ToString(), agent.ToString(), keyVersion.ToString(CultureInfo.InvariantCulture));
        HKDF.DeriveKey(HashAlgorithmName.SHA256, ascii, key, salt: [], info);
        CryptographicOperations.ZeroMemory(ascii);
        return key;
    }
}
