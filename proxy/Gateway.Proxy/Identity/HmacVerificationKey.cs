using System.Security.Cryptography;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Vaults;
using Gateway.Proxy.Identity.Signatures;

namespace Gateway.Proxy.Identity;

/// <summary>HMAC with SHA-256 (RFC 9421 section 3.3.3), with the key that is derived from an agent's runtime secret.</summary>
internal sealed class HmacVerificationKey : VerificationKey
{
    /// <value>Bytes: as long as the hash (RFC 2104 section 3).</value>
    public const int MinLength = 32;

    private readonly KeyedHash _hash;

    /// <param name="key">The derived key, out of its envelope. Copied.</param>
    /// <exception cref="ArgumentException">The record is of another kind, or the key is too short.</exception>
    public HmacVerificationKey(CredentialRecord record, ReadOnlySpan<byte> key)
        : base(record)
    {
        if (record.Kind != CredentialKind.HmacSha256 || key.Length < MinLength)
        {
            throw new ArgumentException(
                $"Credential {record.Id} is no HMAC key of at least {MinLength} bytes; issue it anew.",
                nameof(record)
            );
        }

        _hash = new KeyedHash(key);
    }

    public override HttpSignatureAlgorithm Algorithm => HttpSignatureAlgorithm.HmacSha256;

    public override bool Verifies(ReadOnlySpan<byte> signatureBase, ReadOnlySpan<byte> signature)
    {
        Span<byte> expected = stackalloc byte[KeyedHash.Length];
        _hash.Compute(signatureBase, expected);
        return CryptographicOperations.FixedTimeEquals(expected, signature);
    }
}
