using System.Security.Cryptography;
using Gateway.Connectors.Contracts;
using Gateway.Proxy.Identity;

namespace Gateway.Proxy.Tests.Identity;

public sealed class HmacVerificationKeyTests : IDisposable
{
    private readonly Exchange _exchange = new();

    [Fact]
    public void Signature_OfTheBase_Verifies() =>
        Assert.True(_exchange.HmacKey.Verifies("base"u8, HMACSHA256.HashData(_exchange.Key, "base"u8)));

    [Theory]
    [InlineData(0)]
    [InlineData(16)]
    [InlineData(31)]
    [InlineData(33)]
    [InlineData(64)]
    public void Signature_OfAnotherLength_IsRefused(int length)
    {
        var signature = HMACSHA256.HashData(_exchange.Key, "base"u8);
        Assert.False(_exchange.HmacKey.Verifies("base"u8, [.. signature[..Math.Min(length, 32)], .. new byte[Math.Max(0, length - 32)]]));
    }

    [Fact]
    public void Key_ThatIsTooShort_IsNotTaken() =>
        Assert.Throws<ArgumentException>(() => new HmacVerificationKey(_exchange.Record(CredentialKind.HmacSha256), new byte[31]));

    [Theory]
    [InlineData(CredentialKind.Unknown)]
    [InlineData(CredentialKind.Bearer)]
    [InlineData(CredentialKind.EcdsaP256Sha256)]
    public void Record_OfAnotherKind_IsNotTaken(CredentialKind kind) =>
        Assert.Throws<ArgumentException>(() => new HmacVerificationKey(_exchange.Record(kind), new byte[32]));

    [Fact]
    public void Key_ChangedByItsGiverAfterwards_StaysAsItWas()
    {
        var given = _exchange.Key.ToArray();
        var key = new HmacVerificationKey(_exchange.Record(CredentialKind.HmacSha256), given);
        Array.Clear(given);
        Assert.True(key.Verifies("base"u8, HMACSHA256.HashData(_exchange.Key, "base"u8)));
    }

    public void Dispose() => _exchange.Dispose();
}
