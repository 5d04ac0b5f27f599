using Gateway.Policy.Model;

namespace Gateway.Connectors.Vaults;

/// <summary>That the local vault holds a secret, and under which key it is sealed. Holds no secret.</summary>
/// <param name="KeyId">Empty where what is stored isn't an envelope.</param>
public sealed record VaultEntry(CredentialReference Reference, string KeyId)
{
    internal static IReadOnlyList<VaultEntry> ListOf(string provider, VaultContent content)
    {
        var entries = new List<VaultEntry>();
        foreach (var (path, fields) in content)
        {
            foreach (var (field, text) in fields)
            {
                var keyId = EnvelopeText.TryParse(text, out var parsed) ? parsed.KeyId.ToString() : "";
                entries.Add(new VaultEntry(new CredentialReference(provider, path, field), keyId));
            }
        }

        return entries;
    }
}
