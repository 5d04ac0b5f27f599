using Gateway.Policy.Model;

namespace Gateway.Connectors.Vaults;

/// <summary>That the local vault holds a secret, and under which key it is sealed. Holds no secret.</summary>
/// <param name="KeyId">Empty where what is stored isn't an envelope.</param>
public sealed record VaultEntry(CredentialReference Reference, string KeyId);
