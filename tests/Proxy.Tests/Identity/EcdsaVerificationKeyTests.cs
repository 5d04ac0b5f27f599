using System.Security.Cryptography;
using Gateway.Connectors.Contracts;
using Gateway.Proxy.Identity;

namespace Gateway.Proxy.Tests.Identity;

public sealed class EcdsaVerificationKeyTests : IDisposable
{
    private readonly Exchange _exchange = new();
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] _base = [.. "\"@method\": GET"u8];

    [Fact]
    public void Signature_OfTwoNumbersOf32Bytes_Verifies() =>
        Assert.True(Key().Verifies(_base, Sign(DSASignatureFormat.IeeeP1363FixedFieldConcatenation)));

    [Fact]
    public void Signature_InDer_IsRefused() => Assert.False(Key().Verifies(_base, Sign(DSASignatureFormat.Rfc3279DerSequence)));

    [Fact]
    public void Signature_InDerFilledUpTo64Bytes_IsRefused()
    {
        var der = Sign(DSASignatureFormat.Rfc3279DerSequence);
        Assert.False(Key().Verifies(_base, der.Length > 64 ? der.AsSpan(0, 64) : [.. der, .. new byte[64 - der.Length]]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(32)]
    [InlineData(63)]
    [InlineData(65)]
    [InlineData(96)]
    [InlineData(128)]
    public void Signature_OfAnotherLength_IsRefused(int length)
    {
        var signature = Sign(DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        Assert.False(Key().Verifies(_base, [.. signature[..Math.Min(length, 64)], .. new byte[Math.Max(0, length - 64)]]));
    }

    /// <summary>Each half in turn, and both: zero (CVE-2022-21449), one, the curve's order, the order plus one, and all bits set.</summary>
    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000001")]
    [InlineData("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551")]
    [InlineData("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632552")]
    [InlineData("ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")]
    public void Signature_WithANumberFromTheEdge_IsRefused(string hex)
    {
        var edge = Convert.FromHexString(hex);
        var good = Sign(DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        Assert.False(Key().Verifies(_base, [.. edge, .. edge]));
        Assert.False(Key().Verifies(_base, [.. edge, .. good[32..]]));
        Assert.False(Key().Verifies(_base, [.. good[..32], .. edge]));
    }

    [Fact]
    public void Signature_AfterARefusedOne_StillVerifies()
    {
        var key = Key();
        Assert.False(key.Verifies(_base, new byte[64]));
        Assert.True(key.Verifies(_base, Sign(DSASignatureFormat.IeeeP1363FixedFieldConcatenation)));
    }

    [Fact]
    public void Material_OfAnotherCurve_IsNoKey()
    {
        using var wider = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        using var sameWidth = ECDsa.Create(ECCurve.NamedCurves.brainpoolP256r1);
        Assert.False(EcdsaVerificationKey.TryCreate(Record(wider.ExportSubjectPublicKeyInfo()), out _));
        Assert.False(EcdsaVerificationKey.TryCreate(Record(sameWidth.ExportSubjectPublicKeyInfo()), out _));
    }

    [Fact]
    public void Material_OfAnotherAlgorithm_IsNoKey()
    {
        using var rsa = RSA.Create(2048);
        using var agreement = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP384);
        Assert.False(EcdsaVerificationKey.TryCreate(Record(rsa.ExportSubjectPublicKeyInfo()), out _));
        Assert.False(EcdsaVerificationKey.TryCreate(Record(agreement.ExportSubjectPublicKeyInfo()), out _));
    }

    [Fact]
    public void Material_WithBytesBehindIt_IsNoKey() =>
        Assert.False(EcdsaVerificationKey.TryCreate(Record([.. _key.ExportSubjectPublicKeyInfo(), 0]), out _));

    [Fact]
    public void Material_WithAPointOffTheCurve_IsNoKey()
    {
        var publicKey = _key.ExportSubjectPublicKeyInfo();
        publicKey[^1] ^= 1;
        Assert.False(EcdsaVerificationKey.TryCreate(Record(publicKey), out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("AAAA")]
    [InlineData("not base64")]
    public void Material_ThatIsNoKey_IsRefusedWithoutAnError(string material) =>
        Assert.False(EcdsaVerificationKey.TryCreate(Record([]) with { Material = material }, out _));

    [Theory]
    [InlineData(CredentialKind.Unknown)]
    [InlineData(CredentialKind.Bearer)]
    [InlineData(CredentialKind.HmacSha256)]
    public void Record_OfAnotherKind_IsNoKey(CredentialKind kind) =>
        Assert.False(EcdsaVerificationKey.TryCreate(Record(_key.ExportSubjectPublicKeyInfo()) with { Kind = kind }, out _));

    public void Dispose()
    {
        _key.Dispose();
        _exchange.Dispose();
    }

    private byte[] Sign(DSASignatureFormat format) => _key.SignData(_base, HashAlgorithmName.SHA256, format);

    private EcdsaVerificationKey Key()
    {
        Assert.True(EcdsaVerificationKey.TryCreate(Record(_key.ExportSubjectPublicKeyInfo()), out var key));
        return key;
    }

    private CredentialRecord Record(byte[] publicKey) =>
        _exchange.Record(CredentialKind.EcdsaP256Sha256) with
        {
            Material = Convert.ToBase64String(publicKey),
        };
}
