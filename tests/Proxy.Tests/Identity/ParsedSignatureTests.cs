using FsCheck;
using FsCheck.Fluent;
using Gateway.Policy.Model;
using Gateway.Proxy.Identity;
using Gateway.Proxy.Identity.Signatures;
using Gateway.Proxy.Tests.Identity.StructuredFields;

namespace Gateway.Proxy.Tests.Identity;

/// <summary>
/// Finding the signature, its size and shape. Each request here is wrong in one way only, and rightly signed but for that.
/// </summary>
public sealed class ParsedSignatureTests : IDisposable
{
    private readonly Exchange _exchange = new();

    [Fact]
    public void Request_ThatKeepsEveryRule_IsVerified() =>
        Assert.Equal(ReasonCode.None, _exchange.Judge(_exchange.Sign(Exchange.Unsigned())));

    [Fact]
    public void Signature_Parsed_TellsWhatItClaims()
    {
        var signature = ParsedSignature.Read(_exchange.Sign(Exchange.Unsigned()), _exchange.Profile, []).Signature!;
        Assert.Equal("acme", signature.Identity.Tenant.ToString());
        Assert.Equal("main", signature.Identity.Workspace.ToString());
        Assert.Equal("assistant", signature.Identity.Agent.ToString());
        Assert.Equal("abcdefgh23", signature.Identity.CredentialId);
        Assert.Equal(Exchange.Nonce, signature.Nonce);
        Assert.Equal(_exchange.Time.GetUtcNow(), signature.Created);
        Assert.Equal(_exchange.Time.GetUtcNow().AddSeconds(60), signature.Expires);
        Assert.Equal(Sha256Digest.Compute("{\"hello\": \"world\"}"u8), signature.ClaimedDigest);
        Assert.Null(signature.Algorithm);
    }

    [Fact]
    public void Reading_ZeroValue_IsARefusal() => Assert.Equal(SignatureReadingKind.Refused, default(SignatureReading).Kind);

    [Fact]
    public void Request_WithoutASignature_IsNotSigned() =>
        Assert.Equal(ReasonCode.MissingCredentials, _exchange.Judge(Exchange.Unsigned()));

    [Fact]
    public void Request_WithAnotherTag_IsNotSigned() =>
        Assert.Equal(ReasonCode.MissingCredentials, Judge(_exchange.Parameters(tag: "\"gateway-agent-v2\"")));

    [Fact]
    public void Request_WithTheTagAsAToken_IsMalformed() =>
        Assert.Equal(ReasonCode.MalformedRequest, Judge(_exchange.Parameters(tag: "gateway-agent-v1")));

    [Theory]
    [InlineData("other=(\"@method\");tag=\"other\"", "other=:AQID:")]
    [InlineData("other=( )", "other=:AQID:")]
    public void Request_WithASignatureForSomebodyElse_IsVerifiedByOurs(string input, string signature)
    {
        var signed = _exchange.Sign(Exchange.Unsigned());
        Assert.Equal(ReasonCode.None, _exchange.Judge(signed.Adding("Signature-Input", input).Adding("Signature", signature)));
        var (ourInput, ourSignature) = (signed.Field("signature-input")[0], signed.Field("signature")[0]);
        Assert.Equal(
            ReasonCode.None,
            _exchange.Judge(
                signed.Replacing("Signature-Input", $"{input}, {ourInput}").Replacing("Signature", $"{signature}, {ourSignature}")
            )
        );
    }

    [Fact]
    public void Request_WithTwoTaggedSignatures_IsAmbiguous()
    {
        var signed = _exchange.Sign(Exchange.Unsigned());
        Assert.Equal(
            ReasonCode.AmbiguousRequest,
            _exchange.Judge(
                signed.Adding("Signature-Input", "h=" + Exchange.Covered + _exchange.Parameters()).Adding("Signature", "h=:AQID:")
            )
        );
    }

    [Fact]
    public void Request_WithOneLabelTwice_IsMalformed()
    {
        var signed = _exchange.Sign(Exchange.Unsigned());
        Assert.Equal(ReasonCode.MalformedRequest, _exchange.Judge(signed.Adding("Signature-Input", "g=()")));
        Assert.Equal(ReasonCode.MalformedRequest, _exchange.Judge(signed.Adding("Signature", "g=:AQID:")));
    }

    [Theory]
    [InlineData("g=1")]
    [InlineData("g")]
    [InlineData("g=()")]
    [InlineData("g=:AQID")]
    [InlineData("g=::")]
    [InlineData("other=:AQID:")]
    [InlineData("")]
    public void Request_WithoutTheSignaturesBytes_IsMalformed(string field) =>
        Assert.Equal(ReasonCode.MalformedRequest, _exchange.Judge(_exchange.Sign(Exchange.Unsigned()).Replacing("Signature", field)));

    [Theory]
    [InlineData(SignatureProfile.MaxFieldLength, ReasonCode.None)]
    [InlineData(SignatureProfile.MaxFieldLength + 1, ReasonCode.MalformedRequest)]
    public void Request_WithSignatureInputAtItsLimit_IsRead(int length, ReasonCode reason)
    {
        var signed = _exchange.Sign(Exchange.Unsigned());
        var input = signed.Field("signature-input")[0]!;
        var padded = $"{input}, h=();p=\"{new string('a', length - input.Length - 11)}\"";
        Assert.Equal(length, padded.Length);
        Assert.Equal(reason, _exchange.Judge(signed.Replacing("Signature-Input", padded)));
    }

    [Fact]
    public void Request_WithASignatureLongerThanAnyAlgorithmMakes_IsMalformed() =>
        Assert.Equal(
            ReasonCode.MalformedRequest,
            _exchange.Judge(_exchange.Sign(Exchange.Unsigned()).Replacing("Signature", $"g=:{Convert.ToBase64String(new byte[65])}:"))
        );

    [Fact]
    public void Request_WithSignatureInputOverItsLimit_IsMalformed() =>
        Assert.Equal(
            ReasonCode.MalformedRequest,
            _exchange.Judge(
                _exchange.Sign(Exchange.Unsigned()).Adding("Signature-Input", $"h=(\"{new string('a', SignatureProfile.MaxFieldLength)}\")")
            )
        );

    [Fact]
    public void Request_WithMoreSignaturesThanAllowed_IsMalformed()
    {
        var others = string.Join(", ", Enumerable.Range(0, SignatureProfile.MaxSignatures).Select(i => $"s{i}=()"));
        Assert.Equal(ReasonCode.MalformedRequest, _exchange.Judge(_exchange.Sign(Exchange.Unsigned()).Adding("Signature-Input", others)));
    }

    [Fact]
    public void Request_WithMoreComponentsThanAllowed_IsMalformed()
    {
        var names = Enumerable.Range(0, SignatureBase.MaxComponents).Select(i => $"x-{i}").ToList();
        var message = Exchange.Unsigned().With(Exchange.Unsigned().Lines.Concat(names.Select(n => (n, "v"))));
        Assert.Equal(
            ReasonCode.MalformedRequest,
            _exchange.Judge(_exchange.Sign(message, Exchange.Covered[..^1] + string.Concat(names.Select(n => $" \"{n}\"")) + ")"))
        );
    }

    [Theory]
    [InlineData("gateway-tenant")]
    [InlineData("gateway-workspace")]
    [InlineData("gateway-agent")]
    public void IdentityHeader_ThatIsNoName_IsMalformed(string name)
    {
        Assert.Equal(ReasonCode.MalformedRequest, _exchange.Judge(_exchange.Sign(Exchange.Unsigned().Replacing(name, "a, b"))));
        Assert.Equal(ReasonCode.MalformedRequest, _exchange.Judge(_exchange.Sign(Exchange.Unsigned().Replacing(name, ""))));
        Assert.Equal(ReasonCode.MalformedRequest, _exchange.Judge(_exchange.Sign(Exchange.Unsigned().Without(name))));
    }

    [Fact]
    public void Digest_Missing_IsMalformed() =>
        Assert.Equal(ReasonCode.MalformedRequest, _exchange.Judge(_exchange.Sign(Exchange.Unsigned().Without("content-digest"))));

    [Theory]
    [InlineData("other.example")]
    [InlineData("gateway.example:8443")]
    [InlineData("gateway.example.")]
    [InlineData("user@gateway.example")]
    [InlineData("")]
    public void Authority_ThatIsNotConfigured_IsInvalid(string authority) =>
        Assert.Equal(ReasonCode.InvalidSignature, _exchange.Judge(_exchange.Sign(Exchange.Unsigned().With(authority: authority))));

    [Theory]
    [InlineData("(\"@method\"  \"@authority\"")]
    [InlineData("( \"@method\" \"@authority\"")]
    public void List_ThatIsNotCanonical_IsMalformed(string start) =>
        Assert.Equal(
            ReasonCode.MalformedRequest,
            _exchange.Judge(
                _exchange.Sign(
                    Exchange.Unsigned(),
                    Exchange.Covered.Replace("(\"@method\" \"@authority\"", start, StringComparison.Ordinal)
                )
            )
        );

    [Fact]
    public void Refusal_ThatAnswersUniformly_SaysWhyToTheJournalAlone()
    {
        var refusal = ParsedSignature.Read(_exchange.Sign(Exchange.Unsigned(), "(\"@method\")"), _exchange.Profile, []).Refusal;
        Assert.Equal(401, Reasons.Of(refusal.Reason).Status);
        Assert.Null(refusal.Detail);
        Assert.Equal("@authority isn't covered", refusal.Note);
    }

    [Fact]
    public void SignatureInput_AnyText_NeverThrowsAndIsNeverVerified() =>
        Prop.ForAll(
                StructuredFieldReaderTests.Text(),
                text => _exchange.Judge(_exchange.Sign(Exchange.Unsigned()).Replacing("Signature-Input", text)) != ReasonCode.None
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void SignatureInput_AnyTextInTheMiddleOfAGoodOne_NeverThrowsAndIsNeverVerified() =>
        Prop.ForAll(
                StructuredFieldReaderTests.Text(),
                Gen.Choose(0, 300).ToArbitrary(),
                (text, at) =>
                {
                    var signed = _exchange.Sign(Exchange.Unsigned());
                    var input = signed.Field("signature-input")[0]!;
                    var changed = input.Insert(Math.Min(at, input.Length), text);
                    return IsOptionalWhitespaceAround(input, changed)
                        || _exchange.Judge(signed.Replacing("Signature-Input", changed)) != ReasonCode.None;
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Signature_AnyText_NeverThrowsAndIsNeverVerified() =>
        Prop.ForAll(
                StructuredFieldReaderTests.Text(),
                text => _exchange.Judge(_exchange.Sign(Exchange.Unsigned()).Replacing("Signature", text)) != ReasonCode.None
            )
            .QuickCheckThrowOnFailure();

    public void Dispose() => _exchange.Dispose();

    private static bool IsOptionalWhitespaceAround(string input, string changed) => changed.Trim(' ', '\t') == input;

    private ReasonCode Judge(string parameters) => _exchange.Judge(_exchange.Sign(Exchange.Unsigned(), parameters: parameters));
}
