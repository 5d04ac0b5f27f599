using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Gateway.Evidence.Signing;

namespace Gateway.Evidence.Tests.Signing;

public class Ed25519KeyTests
{
    /// <summary>RFC 8032, 7.1: seed, public key, message, signature.</summary>
    [Theory]
    [InlineData(
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
    )]
    [InlineData(
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    )]
    public void A_published_key_gives_its_published_signature(string seed, string publicKey, string message, string signature)
    {
        Assert.True(Ed25519PrivateKey.TryCreate(Convert.FromHexString(seed), out var key));

        Assert.Equal(publicKey, Convert.ToHexStringLower(key.PublicKey.Bytes.Span));
        Assert.Equal(signature, Convert.ToHexStringLower(key.Sign(Convert.FromHexString(message))));
        Assert.True(key.PublicKey.Verifies(Convert.FromHexString(message), Convert.FromHexString(signature)));
    }

    [Fact]
    public void A_flipped_bit_in_message_or_signature_is_refused()
    {
        var key = Ed25519PrivateKey.Create();
        Prop.ForAll<byte[], int>(
                (message, at) =>
                {
                    message ??= [];
                    byte[] whole = [.. message, .. key.Sign(message)];
                    whole[(int)((uint)at % whole.Length)] ^= (byte)(1 << (at & 7));
                    return !key.PublicKey.Verifies(whole.AsSpan(0, message.Length), whole.AsSpan(message.Length));
                }
            )
            .QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Another_key_does_not_verify() =>
        Assert.False(Ed25519PrivateKey.Create().PublicKey.Verifies("hello"u8, Ed25519PrivateKey.Create().Sign("hello"u8)));

    [Theory]
    [InlineData("")]
    [InlineData("AAAA")]
    [InlineData("not base64")]
    [InlineData("AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")] // The neutral element: it verifies anything.
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==")]
    public void What_is_no_public_key_is_refused(string text) => Assert.False(Ed25519PublicKey.TryParse(text, out _));

    [Fact]
    public void A_private_key_whose_halves_do_not_belong_together_is_refused()
    {
        byte[] mixed = [.. Ed25519PrivateKey.Create().ExportSeed(), .. Ed25519PrivateKey.Create().PublicKey.Bytes.Span];

        Assert.False(Ed25519PrivateKey.TryCreate(mixed, out _));
    }

    [Fact]
    public void A_private_key_never_shows_itself()
    {
        var key = Ed25519PrivateKey.Create();

        Assert.DoesNotContain(Convert.ToBase64String(key.ExportSeed()), key.ToString(), StringComparison.Ordinal);
        Assert.Equal($"Ed25519 key {key.PublicKey.KeyId}", key.ToString());
    }

    [Fact]
    public void A_key_reads_what_it_wrote()
    {
        var key = Ed25519PrivateKey.Create();

        Assert.True(Ed25519PrivateKey.TryParse(Convert.ToBase64String(key.ExportSeed()) + "\n", out var again));
        Assert.True(Ed25519PublicKey.TryParse(key.PublicKey.ToString(), out var publicKey));
        Assert.Equal(key.PublicKey, again.PublicKey);
        Assert.True(publicKey.Verifies(Encoding.UTF8.GetBytes("x"), again.Sign("x"u8)));
    }
}
