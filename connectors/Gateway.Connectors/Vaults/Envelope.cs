using System.Security.Cryptography;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Vaults;

/// <summary>
/// Seals stored secrets with AES-256-GCM: an IV of its own for each, the tenant and the value's name as associated data, so that a
/// ciphertext moved to another row doesn't open. Older keys still open. Thread-safe.
/// </summary>
/// <remarks>With random IVs a key is good for 2^32 values (NIST SP 800-38D, 8.3); a vault never comes near that.</remarks>
public sealed class Envelope
{
    /// <value>The longest plaintext, in bytes.</value>
    public const int MaxPlaintextLength = 64 * 1024;

    /// <value>The longest text form, in characters: base64 of the longest plaintext, and room for the other parts.</value>
    internal const int MaxTextLength = ((MaxPlaintextLength * 4) / 3) + 256;

    private readonly KeyRing _keys;

    /// <exception cref="ArgumentException">The ring is for another purpose.</exception>
    public Envelope(KeyRing keys)
    {
        if (keys.Purpose != KeyPurpose.DataEncryption)
        {
            throw new ArgumentException(
                $"Envelopes are sealed with keys for {KeyPurpose.DataEncryption}, not for {keys.Purpose}.",
                nameof(keys)
            );
        }

        _keys = keys;
    }

    /// <summary>Seals under the current key.</summary>
    /// <param name="name">What the value is, unique within the tenant; it must be given again to open.</param>
    /// <exception cref="ArgumentException">The tenant or the name is empty, or the plaintext too long.</exception>
    public string Seal(Id<Tenant> tenant, string name, ReadOnlySpan<byte> plaintext) =>
        EnvelopeCipher.Seal(_keys.Current, tenant, name, plaintext);

    /// <summary>Opens under the key that it was sealed with. The caller clears what it got once it is done with it.</summary>
    /// <exception cref="EnvelopeException">It isn't an envelope, its key is gone, it was changed, or it belongs to another name or
    /// tenant.</exception>
    public byte[] Open(Id<Tenant> tenant, string name, string envelope)
    {
        if (!EnvelopeText.TryParse(envelope, out var parsed))
        {
            throw new EnvelopeException(
                $"The sealed value '{name}' of tenant '{tenant}' is no envelope: restore it, or store the value anew."
            );
        }

        if (_keys.Find(parsed.KeyId) is not { } key)
        {
            throw new EnvelopeException(
                $"The sealed value '{name}' of tenant '{tenant}' needs the key '{parsed.KeyId}': "
                    + "list it again among the older keys of DATA_ENCRYPTION_KEY."
            );
        }

        try
        {
            return EnvelopeCipher.Decrypt(key, tenant, name, parsed);
        }
        catch (CryptographicException e)
        {
            throw new EnvelopeException(
                $"The sealed value '{name}' of tenant '{tenant}' doesn't open under the key '{key.Id}': "
                    + "it was changed or moved, or the key is another.",
                e
            );
        }
    }

    /// <summary>Whether it is sealed under another key than the current one.</summary>
    public bool NeedsRewrap(string envelope) =>
        EnvelopeText.TryParse(envelope, out var parsed) && !parsed.KeyId.SequenceEqual(_keys.Current.Id);

    /// <summary>Whether every key opens what it sealed, and only under its own name. Run before anything is stored.</summary>
    public bool SelfTest() => _keys.All.All(key => EnvelopeSelfTest.Opens(this, key));

    /// <summary>The same value under the current key.</summary>
    /// <exception cref="EnvelopeException">It doesn't open.</exception>
    public string Rewrap(Id<Tenant> tenant, string name, string envelope)
    {
        var plaintext = Open(tenant, name, envelope);
        try
        {
            return Seal(tenant, name, plaintext);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plaintext);
        }
    }
}

/// <summary>A sealed value couldn't be opened. The message names the value, never what is in it; it is for operators.</summary>
public sealed class EnvelopeException(string message, Exception? inner = null) : Exception(message, inner);
