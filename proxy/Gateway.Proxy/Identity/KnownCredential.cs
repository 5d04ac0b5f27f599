using Gateway.Connectors.Contracts;

namespace Gateway.Proxy.Identity;

/// <summary>A credential's record with its key ready to use. Immutable.</summary>
public sealed class KnownCredential
{
    internal KnownCredential(CredentialRecord record, VerificationKey? key) => (Record, Key) = (record, key);

    public CredentialRecord Record { get; }

    /// <summary>Null for a bearer, whose secret is only compared.</summary>
    internal VerificationKey? Key { get; }

    public override string ToString() => $"{Record.Tenant}.{Record.Id}";
}
