using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Keys;
using Gateway.Connectors.Vaults;
using Gateway.Proxy.Identity.Signatures;

namespace Gateway.Proxy.Identity;

/// <summary>
/// The key that a credential's record fixes, ready to verify with. Made from the record alone, never from what a request says, so the
/// algorithm isn't the client's choice. Thread-safe; may be cached for as long as the record may.
/// </summary>
internal abstract class VerificationKey(CredentialRecord record)
{
    public CredentialRecord Record { get; } = record;

    public abstract HttpSignatureAlgorithm Algorithm { get; }

    /// <summary>
    /// Whether the signature over the base was made with the key that this one verifies; false, never an exception, for any bytes.
    /// </summary>
    public abstract bool Verifies(ReadOnlySpan<byte> signatureBase, ReadOnlySpan<byte> signature);
}

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

/// <summary>
/// ECDSA on P-256 with SHA-256 (RFC 9421 section 3.3.4): Gateway holds the public key only. A signature is r and s of 32 bytes each, never
/// DER.
/// </summary>
internal sealed class EcdsaVerificationKey : VerificationKey
{
    /// <value>Bytes.</value>
    public const int SignatureLength = 64;

    private const string NistP256 = "1.2.840.10045.3.1.7";

    private readonly byte[] _publicKey;

    // The base library doesn't promise that one ECDsa may be used by two threads. One idle instance is taken and put back; whoever finds
    // none imports the key again. The last one is left to its finalizer: a cached key has no moment at which nobody uses it.
    private ECDsa? _idle;

    private EcdsaVerificationKey(CredentialRecord record, byte[] publicKey, ECDsa imported)
        : base(record)
    {
        _publicKey = publicKey;
        _idle = imported;
    }

    public override HttpSignatureAlgorithm Algorithm => HttpSignatureAlgorithm.EcdsaP256Sha256;

    /// <summary>False when the record is of another kind or its material isn't a P-256 public key.</summary>
    public static bool TryCreate(CredentialRecord record, [NotNullWhen(true)] out EcdsaVerificationKey? key)
    {
        key = null;
        if (record.Kind != CredentialKind.EcdsaP256Sha256)
        {
            return false;
        }

        var publicKey = new byte[record.Material.Length];
        if (
            !Convert.TryFromBase64String(record.Material, publicKey, out var length)
            || Import(publicKey.AsSpan(0, length)) is not { } imported
        )
        {
            return false;
        }

        key = new EcdsaVerificationKey(record, publicKey[..length], imported);
        return true;
    }

    public override bool Verifies(ReadOnlySpan<byte> signatureBase, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != SignatureLength || (Interlocked.Exchange(ref _idle, null) ?? Import(_publicKey)) is not { } key)
        {
            return false;
        }

        try
        {
            return key.VerifyData(signatureBase, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
        catch (CryptographicException)
        {
            return false;
        }
        finally
        {
            Interlocked.Exchange(ref _idle, key)?.Dispose();
        }
    }

    /// <summary>Null unless the bytes are exactly one public key on the named curve: other curves are 256 bits wide too.</summary>
    private static ECDsa? Import(ReadOnlySpan<byte> publicKey)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportSubjectPublicKeyInfo(publicKey, out var read);
            var curve = key.ExportParameters(includePrivateParameters: false).Curve;
            if (read == publicKey.Length && curve is { IsNamed: true, Oid.Value: NistP256 })
            {
                return key;
            }
        }
        catch (CryptographicException)
        {
            // Not a public key: the caller refuses.
        }

        key.Dispose();
        return null;
    }
}

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
