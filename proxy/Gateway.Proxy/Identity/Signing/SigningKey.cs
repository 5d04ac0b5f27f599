using System.Security.Cryptography;
using Gateway.Proxy.Identity.Signatures;

namespace Gateway.Proxy.Identity.Signing;

/// <summary>A client's key. What it is made of is never shown.</summary>
/// <param name="keyId">As the credential was issued: tenant, a dot, the credential's public id.</param>
public abstract class SigningKey(string keyId)
{
    public string KeyId { get; } = keyId;

    /// <summary>The algorithm's registered name (RFC 9421 section 6.2).</summary>
    public abstract string Algorithm { get; }

    internal abstract byte[] Sign(ReadOnlySpan<byte> signatureBase);
}

/// <summary>The key derived from an agent's runtime secret. Thread-safe.</summary>
public sealed class HmacSigningKey : SigningKey
{
    private readonly byte[] _key;

    /// <param name="key">The derived key, 32 bytes or more, never the runtime secret itself. Copied.</param>
    /// <exception cref="ArgumentException">The key is too short.</exception>
    public HmacSigningKey(string keyId, ReadOnlySpan<byte> key)
        : base(keyId)
    {
        if (key.Length < HmacVerificationKey.MinLength)
        {
            throw new ArgumentException(
                $"A signing key has at least {HmacVerificationKey.MinLength} bytes; derive it from the runtime secret.",
                nameof(key)
            );
        }

        _key = key.ToArray();
    }

    public override string Algorithm => HttpSignatureAlgorithms.HmacSha256;

    internal override byte[] Sign(ReadOnlySpan<byte> signatureBase) => HMACSHA256.HashData(_key, signatureBase);
}

/// <summary>A client's own P-256 key, whose public half Gateway was given. As thread-safe as the key that it is made of.</summary>
/// <param name="key">With its private half. The caller keeps and disposes it.</param>
public sealed class EcdsaSigningKey(string keyId, ECDsa key) : SigningKey(keyId)
{
    public override string Algorithm => HttpSignatureAlgorithms.EcdsaP256Sha256;

    internal override byte[] Sign(ReadOnlySpan<byte> signatureBase) =>
        key.SignData(signatureBase, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
}
