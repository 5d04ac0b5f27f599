using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace Gateway.Evidence.Signing;

/// <summary>A public key that evidence is verified with (RFC 8032, Ed25519). Immutable.</summary>
public sealed class Ed25519PublicKey : IEquatable<Ed25519PublicKey>
{
    /// <summary>Bytes of a public key.</summary>
    public const int Size = 32;

    private readonly byte[] _key;

    private Ed25519PublicKey(byte[] key)
    {
        _key = key;
        KeyId = Convert.ToHexStringLower(SHA256.HashData(key));
    }

    /// <summary>The 32 bytes.</summary>
    public ReadOnlyMemory<byte> Bytes => _key;

    /// <summary>SHA-256 of the 32 bytes in lower-case hex: the name by which packs and traces refer to the key.</summary>
    public string KeyId { get; }

    /// <summary>False for anything but 32 bytes that are a point of the curve, not a small-order one.</summary>
    public static bool TryCreate(ReadOnlySpan<byte> key, [NotNullWhen(true)] out Ed25519PublicKey? made)
    {
        made = key.Length == Size && Ed25519.ValidatePublicKeyFull(key.ToArray(), 0) ? new Ed25519PublicKey(key.ToArray()) : null;
        return made is not null;
    }

    /// <summary>The same from standard base64, blanks around it ignored: the form of key files and of PEM-less settings.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Ed25519PublicKey? made)
    {
        Span<byte> key = stackalloc byte[Size + 1];
        made = null;
        return text is not null && Convert.TryFromBase64String(text.Trim(), key, out var written) && TryCreate(key[..written], out made);
    }

    /// <summary>False for a signature of another length, other bytes, or another key. Never throws.</summary>
    public bool Verifies(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        signature.Length == Ed25519PrivateKey.SignatureSize
        && Ed25519.Verify(signature.ToArray(), 0, _key, 0, message.ToArray(), 0, message.Length);

    public bool Equals(Ed25519PublicKey? other) => other is not null && _key.AsSpan().SequenceEqual(other._key);

    public override bool Equals(object? obj) => Equals(obj as Ed25519PublicKey);

    public override int GetHashCode() => KeyId.GetHashCode(StringComparison.Ordinal);

    /// <summary>Standard base64, as <see cref="TryParse"/> reads it.</summary>
    public override string ToString() => Convert.ToBase64String(_key);
}
