using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Gateway.Connectors.Contracts;
using Gateway.Proxy.Identity.Signatures;

namespace Gateway.Proxy.Identity;

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
