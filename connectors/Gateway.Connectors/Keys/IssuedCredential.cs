using Gateway.Connectors.Contracts;

namespace Gateway.Connectors.Keys;

/// <summary>A credential that was just made.</summary>
/// <param name="Record">What goes into the store; it holds no secret.</param>
/// <param name="ShownOnce">The key's text or the private key's PEM, to be shown to its owner and kept nowhere; null where the owner has it
/// already.</param>
public sealed record IssuedCredential(CredentialRecord Record, Secret? ShownOnce)
{
    /// <summary><c>{tenant}.{id}</c>: what a signature names as its key.</summary>
    public string KeyId => $"{Record.Tenant}.{Record.Id}";
}
