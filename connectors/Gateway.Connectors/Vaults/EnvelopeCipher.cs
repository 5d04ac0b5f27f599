using System.Security.Cryptography;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Vaults;

/// <summary>AES-256-GCM under one key, bound to a tenant and a name: what an <see cref="Envelope"/> seals and opens with.</summary>
internal static class EnvelopeCipher
{
    /// <exception cref="ArgumentException">The tenant or the name is empty, or the plaintext too long.</exception>
    public static string Seal(NamedKey key, Id<Tenant> tenant, string name, ReadOnlySpan<byte> plaintext)
    {
        if (tenant.IsEmpty || name.Length == 0)
        {
            throw new ArgumentException("A sealed value belongs to a tenant and has a name.");
        }

        if (plaintext.Length > Envelope.MaxPlaintextLength)
        {
            throw new ArgumentException(
                $"The value has {plaintext.Length} bytes; at most {Envelope.MaxPlaintextLength} are sealed.",
                nameof(plaintext)
            );
        }

        Span<byte> iv = stackalloc byte[EnvelopeText.IvLength];
        Span<byte> tag = stackalloc byte[EnvelopeText.TagLength];
        RandomNumberGenerator.Fill(iv);
        var ciphertext = new byte[plaintext.Length];
        using var aes = new AesGcm(key.Bytes, EnvelopeText.TagLength);
        aes.Encrypt(iv, plaintext, ciphertext, tag, LengthPrefixed.Join(tenant.ToString(), name));
        return EnvelopeText.Format(key.Id, iv, ciphertext, tag);
    }

    /// <exception cref="CryptographicException">It was changed or moved, or the key is another.</exception>
    public static byte[] Decrypt(NamedKey key, Id<Tenant> tenant, string name, in EnvelopeText sealedText)
    {
        var plaintext = new byte[sealedText.Ciphertext.Length];
        using var aes = new AesGcm(key.Bytes, EnvelopeText.TagLength);
        aes.Decrypt(sealedText.Iv, sealedText.Ciphertext, sealedText.Tag, plaintext, LengthPrefixed.Join(tenant.ToString(), name));
        return plaintext;
    }
}
