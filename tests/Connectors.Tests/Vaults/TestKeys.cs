using System.Security.Cryptography;
using Gateway.Connectors.Vaults;

namespace Gateway.Connectors.Tests.Vaults;

/// <summary>Keys made for one test.</summary>
internal static class TestKeys
{
    public static NamedKey New(string id = "k1") => new(id, RandomNumberGenerator.GetBytes(NamedKey.Length));

    public static KeyRing Ring(KeyPurpose purpose = KeyPurpose.DataEncryption, params NamedKey[] keys) =>
        new(purpose, keys.Length == 0 ? [New()] : keys);

    public static string Text(string id = "k1") => $"{id}:{Convert.ToBase64String(RandomNumberGenerator.GetBytes(NamedKey.Length))}";
}
