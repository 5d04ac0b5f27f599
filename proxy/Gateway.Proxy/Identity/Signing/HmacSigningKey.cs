using System.Security.Cryptography;
using Gateway.Proxy.Identity.Signatures;

namespace Gateway.Proxy.Identity.Signing;

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
