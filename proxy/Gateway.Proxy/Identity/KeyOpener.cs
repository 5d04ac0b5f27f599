using Gateway.Connectors.Contracts;
using Gateway.Connectors.Keys;
using Gateway.Connectors.Vaults;

namespace Gateway.Proxy.Identity;

/// <summary>Makes a credential's key ready to use: once for each record that is read, not for each request.</summary>
public sealed class KeyOpener(Envelope envelope)
{
    /// <exception cref="DurableStoreException">The record's key can't be used: sealed under a key that is gone, or damaged.</exception>
    public KnownCredential Open(CredentialRecord record)
    {
        try
        {
            return new KnownCredential(record, KeyOf(record));
        }
        catch (Exception e) when (e is EnvelopeException or ArgumentException)
        {
            throw new DurableStoreException($"The key of credential {record.Tenant}.{record.Id} can't be used. Issue it anew.", e);
        }
    }

    private VerificationKey? KeyOf(CredentialRecord record) =>
        record.Kind switch
        {
            CredentialKind.Bearer => null,
            CredentialKind.HmacSha256 => new HmacVerificationKey(record, CredentialMaterial.OpenHmacKey(envelope, record)),
            CredentialKind.EcdsaP256Sha256 => EcdsaVerificationKey.TryCreate(record, out var key)
                ? key
                : throw new ArgumentException("no public key on P-256"),
            CredentialKind.Unknown => throw new ArgumentException("unknown kind"),
        };
}
