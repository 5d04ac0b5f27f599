using System.Security.Cryptography;
using System.Text;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Vaults;

/// <summary>Seals the local vault's secrets, each for its tenant and its full reference.</summary>
internal sealed class VaultSecrets(Envelope envelope)
{
    /// <exception cref="CredentialSourceException">The value is empty or too long.</exception>
    public string Seal(Id<Tenant> tenant, CredentialReference reference, Secret value)
    {
        var bytes = Encoding.UTF8.GetBytes(SecretText.Accept(value.Reveal(), reference).Reveal());
        var text = envelope.Seal(tenant, reference.ToString(), bytes);
        CryptographicOperations.ZeroMemory(bytes);
        return text;
    }

    /// <exception cref="CredentialSourceException">It doesn't open.</exception>
    public Secret Open(Id<Tenant> tenant, CredentialReference reference, string text)
    {
        byte[]? bytes = null;
        try
        {
            bytes = envelope.Open(tenant, reference.ToString(), text);
            return SecretText.Accept(Encoding.UTF8.GetString(bytes), reference);
        }
        catch (EnvelopeException e)
        {
            throw new CredentialSourceException(e.Message, e);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    /// <summary>Null where it is under the current key already. What isn't an envelope at all must not pass for that.</summary>
    public string? Rewrap(Id<Tenant> tenant, CredentialReference reference, string text)
    {
        Open(tenant, reference, text);
        return envelope.NeedsRewrap(text) ? envelope.Rewrap(tenant, reference.ToString(), text) : null;
    }
}
