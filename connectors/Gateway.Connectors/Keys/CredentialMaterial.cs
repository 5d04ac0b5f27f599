using Gateway.Connectors.Contracts;
using Gateway.Connectors.Vaults;

namespace Gateway.Connectors.Keys;

/// <summary>How an agent's derived key lies in its record: in an envelope that opens for this tenant and this credential only.</summary>
public static class CredentialMaterial
{
    /// <exception cref="ArgumentException">The record isn't one of an HMAC key.</exception>
    /// <exception cref="EnvelopeException">It doesn't open.</exception>
    public static byte[] OpenHmacKey(Envelope envelope, CredentialRecord record)
    {
        if (record.Kind != CredentialKind.HmacSha256)
        {
            throw new ArgumentException($"A credential of kind {record.Kind} holds no HMAC key.", nameof(record));
        }

        var key = envelope.Open(record.Tenant, NameOf(record.Id), record.Material);
        return key.Length == RuntimeKeyDerivation.KeyLength
            ? key
            : throw new EnvelopeException(
                $"The sealed key of credential '{record.Id}' of tenant '{record.Tenant}' has the wrong length: issue it anew."
            );
    }

    internal static string NameOf(string credentialId) => "credential/" + credentialId;
}
