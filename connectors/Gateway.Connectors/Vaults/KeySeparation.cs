using System.Security.Cryptography;

namespace Gateway.Connectors.Vaults;

/// <summary>
/// That no two keys are equal, in whatever encoding and for whatever purpose. With one key for two purposes, what one of them
/// makes can be passed off as the other's.
/// </summary>
internal static class KeySeparation
{
    /// <summary>One error for each pair of equal keys; it names the settings, never the values.</summary>
    public static IReadOnlyList<KeyError> Check(IReadOnlyList<KeyRing> rings)
    {
        var keys = new List<(string Setting, NamedKey Key)>();
        foreach (var ring in rings)
        {
            keys.AddRange(ring.All.Select(key => (KeyPurposes.SettingOf(ring.Purpose), key)));
        }

        var errors = new List<KeyError>();
        for (var i = 0; i < keys.Count; i++)
        {
            for (var j = i + 1; j < keys.Count; j++)
            {
                if (CryptographicOperations.FixedTimeEquals(keys[i].Key.Bytes, keys[j].Key.Bytes))
                {
                    errors.Add(Equal(keys[i].Setting, keys[j].Setting));
                }
            }
        }

        return errors;
    }

    private static KeyError Equal(string first, string second) =>
        first == second
            ? new KeyError(first, "holds the same key twice.", "Keep it once, under one id.")
            : new KeyError($"{first} and {second}", "hold the same key.", "Give each purpose a key of its own: openssl rand -base64 32");
}
