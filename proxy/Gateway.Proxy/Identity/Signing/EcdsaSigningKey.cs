using System.Security.Cryptography;
using Gateway.Proxy.Identity.Signatures;

namespace Gateway.Proxy.Identity.Signing;

/// <summary>A client's own P-256 key, whose public half Gateway was given. As thread-safe as the key that it is made of.</summary>
/// <param name="key">With its private half. The caller keeps and disposes it.</param>
public sealed class EcdsaSigningKey(string keyId, ECDsa key) : SigningKey(keyId)
{
    public override string Algorithm => HttpSignatureAlgorithms.EcdsaP256Sha256;

    internal override byte[] Sign(ReadOnlySpan<byte> signatureBase) =>
        key.SignData(signatureBase, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
}
