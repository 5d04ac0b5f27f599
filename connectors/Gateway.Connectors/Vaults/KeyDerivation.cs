using System.Security.Cryptography;
using System.Text;

namespace Gateway.Connectors.Vaults;

/// <summary>Further keys from the master key: HKDF-SHA256 (RFC 5869), no salt, the purpose's label as info.</summary>
internal static class KeyDerivation
{
    /// <summary>
    /// A ring with one key for each master key, under the same ids, so that rotating the master rotates what comes from it.
    /// </summary>
    /// <exception cref="ArgumentException">The ring isn't a master's, or the purpose is never derived.</exception>
    public static KeyRing Derive(KeyRing master, KeyPurpose purpose)
    {
        if (master.Purpose != KeyPurpose.Master || KeyPurposes.LabelOf(purpose) is not { } label)
        {
            throw new ArgumentException($"A key for {purpose} isn't derived from one for {master.Purpose}.");
        }

        var keys = new List<NamedKey>(master.All.Count);
        Span<byte> derived = stackalloc byte[NamedKey.Length];
        foreach (var key in master.All)
        {
            HKDF.DeriveKey(HashAlgorithmName.SHA256, key.Bytes, derived, salt: [], info: Encoding.ASCII.GetBytes(label));
            keys.Add(new NamedKey(key.Id, derived));
        }

        CryptographicOperations.ZeroMemory(derived);
        return new KeyRing(purpose, keys);
    }
}
