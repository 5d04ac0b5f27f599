using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace Gateway.Evidence.Signing;

/// <summary>A key that signs evidence (RFC 8032, Ed25519). Never shown: its text is its public key's name.</summary>
public sealed class Ed25519PrivateKey
{
    /// <summary>Bytes of a seed (RFC 8032, 5.1.5), from which the key comes.</summary>
    public const int SeedSize = 32;

    /// <summary>Bytes of a signature.</summary>
    public const int SignatureSize = 64;

    private readonly byte[] _seed;

    private Ed25519PrivateKey(byte[] seed)
    {
        _seed = seed;
        var key = new byte[Ed25519PublicKey.Size];
        Ed25519.GeneratePublicKey(seed, 0, key, 0);
        PublicKey = Ed25519PublicKey.TryCreate(key, out var made)
            ? made
            : throw new CryptographicException("The seed gives no valid public key.");
    }

    public Ed25519PublicKey PublicKey { get; }

    /// <summary>From the system's random numbers.</summary>
    public static Ed25519PrivateKey Create() => new(RandomNumberGenerator.GetBytes(SeedSize));

    /// <summary>
    /// False for anything but a seed of 32 bytes, or the 64 bytes of seed and public key (as Go writes it) where the two belong together.
    /// </summary>
    public static bool TryCreate(ReadOnlySpan<byte> key, [NotNullWhen(true)] out Ed25519PrivateKey? made)
    {
        made = key.Length is SeedSize or SeedSize + Ed25519PublicKey.Size ? new Ed25519PrivateKey(key[..SeedSize].ToArray()) : null;
        if (made is not null && key.Length > SeedSize && !made.PublicKey.Bytes.Span.SequenceEqual(key[SeedSize..]))
        {
            made = null;
        }

        return made is not null;
    }

    /// <summary>The same from standard base64, blanks around it ignored: the form of key files.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Ed25519PrivateKey? made)
    {
        Span<byte> key = stackalloc byte[SeedSize + Ed25519PublicKey.Size + 1];
        made = null;
        var read =
            text is not null && Convert.TryFromBase64String(text.Trim(), key, out var written) && TryCreate(key[..written], out made);
        CryptographicOperations.ZeroMemory(key);
        return read;
    }

    /// <summary>64 bytes. The same for the same message: Ed25519 has no chance in it.</summary>
    public byte[] Sign(ReadOnlySpan<byte> message)
    {
        var signature = new byte[SignatureSize];
        Ed25519.Sign(_seed, 0, message.ToArray(), 0, message.Length, signature, 0);
        return signature;
    }

    /// <summary>The 32 bytes that a key file holds. Whoever asks keeps them secret.</summary>
    public byte[] ExportSeed() => [.. _seed];

    /// <summary>The name of the public key, so that no log can show the key.</summary>
    public override string ToString() => $"Ed25519 key {PublicKey.KeyId}";
}
