using System.Security.Cryptography;
using System.Text;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;
using Gateway.Proxy.Identity;

namespace Gateway.Proxy.Tests.Identity;

public sealed class VerifiedSignatureTests : IDisposable
{
    private readonly Exchange _exchange = new();

    [Fact]
    public void Signature_Verified_GivesWhatTheNextStepsNeed()
    {
        var verified = Verify(_exchange.Sign(Exchange.Unsigned()));
        Assert.Equal(Sha256Digest.Compute("{\"hello\": \"world\"}"u8), verified.ClaimedDigest);
        Assert.Equal((Exchange.Nonce, "abcdefgh23"), (verified.Nonce, verified.Identity.CredentialId));
        Assert.Equal("abcdefgh23", verified.Record.Id);
        Assert.Equal(TimeSpan.FromSeconds(60), verified.Expires - verified.Created);
    }

    [Fact]
    public void Signature_Verified_TellsWhatItCovers()
    {
        var verified = Verify(_exchange.Sign(Exchange.Unsigned()));
        Assert.True(verified.Covers("content-type"));
        Assert.False(verified.Covers("x-other"));
        Assert.False(verified.Covers("content"));
    }

    [Fact]
    public void Signature_WithAnotherKey_IsInvalid() =>
        Assert.Equal(
            ReasonCode.InvalidSignature,
            _exchange.Judge(
                _exchange.Sign(Exchange.Unsigned()),
                new HmacVerificationKey(_exchange.Record(CredentialKind.HmacSha256), new byte[32])
            )
        );

    [Fact]
    public void Signature_WithOneBitOfItsTextChanged_IsRefused()
    {
        var signed = _exchange.Sign(Exchange.Unsigned());
        EachBit(signed.Field("signature")[0]!, text => Refused(signed.Replacing("Signature", text), text));
    }

    [Fact]
    public void Input_WithOneBitOfItsTextChanged_IsRefusedOrNotSigned()
    {
        var signed = _exchange.Sign(Exchange.Unsigned(), parameters: _exchange.Parameters(more: ";alg=\"hmac-sha256\""));
        EachBit(signed.Field("signature-input")[0]!, text => Refused(signed.Replacing("Signature-Input", text), text));
    }

    [Theory]
    [InlineData("content-digest")]
    [InlineData("gateway-tenant")]
    [InlineData("gateway-workspace")]
    [InlineData("gateway-agent")]
    [InlineData("content-type")]
    public void Header_WithOneBitChanged_IsRefused(string name)
    {
        var signed = _exchange.Sign(Exchange.Unsigned());
        EachBit(signed.Field(name)[0]!, text => Refused(signed.Replacing(name, text), text));
    }

    [Fact]
    public void Target_WithOneBitChanged_IsRefused()
    {
        var signed = _exchange.Sign(Exchange.Unsigned());
        EachBit(signed.Path + signed.Query, text => Refused(signed.With(target: text), text));
    }

    [Fact]
    public void Method_WithOneBitChanged_IsRefused()
    {
        var signed = _exchange.Sign(Exchange.Unsigned());
        EachBit(signed.Method, text => Refused(signed.With(method: text), text));
    }

    [Fact]
    public void Authority_WithOneBitChanged_IsRefusedUnlessItIsTheSame()
    {
        var signed = _exchange.Sign(Exchange.Unsigned());
        EachBit(
            Exchange.Host,
            text =>
            {
                if (!text.Equals(Exchange.Host, StringComparison.OrdinalIgnoreCase))
                {
                    Refused(signed.With(authority: text), text);
                }
            }
        );
    }

    [Theory]
    [InlineData("/tools/crm/leads?page=1&")]
    [InlineData("/tools/crm/leads?page=%31")]
    [InlineData("/tools/crm/leads")]
    [InlineData("/tools/crm//leads?page=1")]
    [InlineData("/tools/crm/./leads?page=1")]
    [InlineData("/tools/crm%2fleads?page=1")]
    [InlineData("/Tools/crm/leads?page=1")]
    [InlineData("/tools/crm/leads;a?page=1")]
    [InlineData("/tools/crm/leads/?page=1")]
    [InlineData("\\tools\\crm\\leads?page=1")]
    public void Target_SpeltInAnotherWay_IsInvalid(string target) =>
        Assert.Equal(ReasonCode.InvalidSignature, _exchange.Judge(_exchange.Sign(Exchange.Unsigned()).With(target: target)));

    [Fact]
    public void Header_AddedAfterSigning_IsRefusedWhereItIsRead()
    {
        var signed = _exchange.Sign(Exchange.Unsigned());
        Assert.Equal(ReasonCode.InvalidSignature, _exchange.Judge(signed.Adding("Gateway-Approval", "w")));
        Assert.Equal(ReasonCode.AmbiguousRequest, _exchange.Judge(signed.Adding("Content-Type", "text/plain")));
    }

    [Fact]
    public void PublicKey_UsedAsAnHmacSecret_IsInvalid()
    {
        // The old confusion of algorithms: the verifier is led to use public bytes as the shared key.
        var publicKey = Convert.FromBase64String(_exchange.EcdsaKey.Record.Material);
        foreach (var alg in new[] { "", ";alg=\"hmac-sha256\"" })
        {
            var unsigned = _exchange.Sign(Exchange.Unsigned(), parameters: _exchange.Parameters(more: alg));
            var text = unsigned.Field("signature-input")[0]![2..];
            var forged = HMACSHA256.HashData(publicKey, Encoding.ASCII.GetBytes(Exchange.BaseOf(unsigned, text)!));
            var message = unsigned.Replacing("Signature", $"g=:{Convert.ToBase64String(forged)}:");
            Assert.Equal(ReasonCode.InvalidSignature, _exchange.Judge(message, _exchange.EcdsaKey));
        }
    }

    [Fact]
    public async Task SameRequest_VerifiedOnManyThreads_VerifiesOnEach()
    {
        var key = _exchange.EcdsaKey;
        var request = new HttpRequestMessage(HttpMethod.Get, $"https://{Exchange.Host}/v1/models");
        await _exchange.EcdsaSigner.SignAsync(request, CancellationToken.None);
        var message = TestMessage.From(request);
        var reasons = new ReasonCode[200];
        Parallel.For(0, reasons.Length, i => reasons[i] = _exchange.Judge(message, key));
        Assert.All(reasons, reason => Assert.Equal(ReasonCode.None, reason));
    }

    public void Dispose() => _exchange.Dispose();

    private void Refused(TestMessage message, string changed) =>
        Assert.True(_exchange.Judge(message) != ReasonCode.None, "accepted with: " + changed);

    private static void EachBit(string text, Action<string> check)
    {
        for (var bit = 0; bit < 7 * text.Length; bit++)
        {
            var changed = text.ToCharArray();
            changed[bit / 7] ^= (char)(1 << (bit % 7));
            check(new string(changed));
        }
    }

    private VerifiedSignature Verify(TestMessage message)
    {
        var parsed = ParsedSignature.Read(message, _exchange.Profile, []).Signature!;
        Assert.True(InTimeSignature.TryCheck(parsed, _exchange.HmacKey, out var inTime, out _));
        Assert.True(VerifiedSignature.TryVerify(inTime, out var verified, out _));
        return verified;
    }
}
