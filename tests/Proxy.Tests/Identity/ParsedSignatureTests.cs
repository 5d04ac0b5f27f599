using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Gateway.Policy.Model;
using Gateway.Proxy.Identity;
using Gateway.Proxy.Identity.Signatures;
using Gateway.Proxy.Tests.Identity.StructuredFields;

namespace Gateway.Proxy.Tests.Identity;

/// <summary>The profile's rules of shape, size and coverage. Each request here is wrong in one way only, and rightly signed but for that.</summary>
public sealed class ParsedSignatureTests : IDisposable
{
    private readonly Exchange _exchange = new();

    [Fact]
    public void Request_ThatKeepsEveryRule_IsVerified() => Assert.Equal(ReasonCode.None, _exchange.Judge(_exchange.Sign(Exchange.Unsigned())));

    [Fact]
    public void Signature_Parsed_TellsWhatItClaims()
    {
        var signature = ParsedSignature.Read(_exchange.Sign(Exchange.Unsigned()), _exchange.Profile, []).Signature!;
        Assert.Equal("acme", signature.Identity.Tenant.ToString());
        Assert.Equal("main", signature.Identity.Workspace.ToString());
        Assert.Equal("assistant", signature.Identity.Agent.ToString());
        Assert.Equal(Exchange.KeyId, signature.Identity.KeyId);
        Assert.Equal("abcdefgh23", signature.Identity.CredentialId);
        Assert.Equal(Exchange.Nonce, signature.Nonce);
        Assert.Equal(_exchange.Time.GetUtcNow(), signature.Created);
        Assert.Equal(_exchange.Time.GetUtcNow().AddSeconds(60), signature.Expires);
        Assert.Equal(Sha256Digest.Of("{\"hello\": \"world\"}"u8), signature.ClaimedDigest);
        Assert.Null(signature.Algorithm);
    }

    [Fact]
    public void Reading_ZeroValue_IsARefusal() => Assert.Equal(SignatureReadingKind.Refused, default(SignatureReading).Kind);

    [Fact]
    public void Request_WithoutASignature_IsNotSigned() => Assert.Equal(ReasonCode.MissingCredentials, _exchange.Judge(Exchange.Unsigned()));

    [Fact]
    public void Request_WithAnotherTag_IsNotSigned() => Assert.Equal(ReasonCode.MissingCredentials, Judge(_exchange.Parameters(tag: "\"gateway-agent-v2\"")));

    [Fact]
    public void Request_WithTheTagAsAToken_IsMalformed() => Assert.Equal(ReasonCode.MalformedRequest, Judge(_exchange.Parameters(tag: "gateway-agent-v1")));

    [Theory]
    [InlineData("other=(\"@method\");tag=\"other\"", "other=:AQID:")]
    [InlineData("other=( )", "other=:AQID:")]
    public void Request_WithASignatureForSomebodyElse_IsVerifiedByOurs(string input, string signature)
    {
        var signed = _exchange.Sign(Exchange.Unsigned());
        Assert.Equal(ReasonCode.None, _exchange.Judge(signed.Adding("Signature-Input", input).Adding("Signature", signature)));
        var (ourInput, ourSignature) = (signed.Field("signature-input")[0], signed.Field("signature")[0]);
        Assert.Equal(ReasonCode.None, _exchange.Judge(
            signed.Replacing("Signature-Input", $"{input}, {ourInput}").Replacing("Signature", $"{signature}, {ourSignature}")));
    }

    [Fact]
    public void Request_WithTwoTaggedSignatures_IsAmbiguous()
    {
        var signed = _exchange.Sign(Exchange.Unsigned());
        Assert.Equal(ReasonCode.AmbiguousRequest, _exchange.Judge(
            signed.Adding("Signature-Input", "h=" + Exchange.Covered + _exchange.Parameters()).Adding("Signature", "h=:AQID:")));
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
    public void Request_WithoutTheSignaturesBytes_IsMalformed(string field)
        => Assert.Equal(ReasonCode.MalformedRequest, _exchange.Judge(_exchange.Sign(Exchange.Unsigned()).Replacing("Signature", field)));

    [Fact]
    public void Request_WithASignatureLongerThanAnyAlgorithmMakes_IsMalformed()
        => Assert.Equal(ReasonCode.MalformedRequest, _exchange.Judge(
            _exchange.Sign(Exchange.Unsigned()).Replacing("Signature", $"g=:{Convert.ToBase64String(new byte[65])}:")));

    [Fact]
    public void Request_WithSignatureInputOverItsLimit_IsMalformed()
        => Assert.Equal(ReasonCode.MalformedRequest, _exchange.Judge(
            _exchange.Sign(Exchange.Unsigned()).Adding("Signature-Input", $"h=(\"{new string('a', SignatureProfile.MaxFieldLength)}\")")));

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
        Assert.Equal(ReasonCode.MalformedRequest, _exchange.Judge(
            _exchange.Sign(message, Exchange.Covered[..^1] + string.Concat(names.Select(n => $" \"{n}\"")) + ")")));
    }

    [Theory]
    [InlineData("@method")]
    [InlineData("@authority")]
    [InlineData("@path")]
    [InlineData("@query")]
    [InlineData("content-digest")]
    [InlineData("gateway-tenant")]
    [InlineData("gateway-workspace")]
    [InlineData("gateway-agent")]
    [InlineData("content-type")]
    public void Component_ThatMustBeCovered_IsMissed(string name)
    {
        var covered = Exchange.Covered.Replace($"\"{name}\"", "", StringComparison.Ordinal)
            .Replace("  ", " ", StringComparison.Ordinal).Replace("( ", "(", StringComparison.Ordinal).Replace(" )", ")", StringComparison.Ordinal);
        Assert.Equal(ReasonCode.InvalidSignature, _exchange.Judge(_exchange.Sign(Exchange.Unsigned(), covered)));
    }

    [Theory]
    [InlineData("accept")]
    [InlineData("gateway-session")]
    [InlineData("gateway-approval")]
    [InlineData("gateway-child")]
    [InlineData("idempotency-key")]
    [InlineData("prefer")]
    public void Header_ThatIsRead_MustBeCoveredWhenItIsThere(string name)
    {
        var message = Exchange.Unsigned().Adding(name, "v");
        Assert.Equal(ReasonCode.InvalidSignature, _exchange.Judge(_exchange.Sign(message)));
        Assert.Equal(ReasonCode.None, _exchange.Judge(_exchange.Sign(message, Exchange.Covered[..^1] + $" \"{name}\")")));
    }

    [Fact]
    public void Header_ThatTheOperationDeclares_MustBeCoveredWhenItIsThere()
    {
        var message = Exchange.Unsigned().Adding("X-Crm-Region", "eu");
        Assert.Equal(ReasonCode.None, _exchange.Judge(_exchange.Sign(message)));
        Assert.Equal(ReasonCode.InvalidSignature, _exchange.Judge(_exchange.Sign(message), declared: "x-crm-region"));
        Assert.Equal(ReasonCode.None, _exchange.Judge(_exchange.Sign(Exchange.Unsigned()), declared: "x-crm-region"));
        Assert.Equal(ReasonCode.None, _exchange.Judge(_exchange.Sign(message, Exchange.Covered[..^1] + " \"x-crm-region\")"), declared: "x-crm-region"));
    }

    [Fact]
    public void Header_ForTracing_NeedNotBeCovered()
        => Assert.Equal(ReasonCode.None, _exchange.Judge(_exchange.Sign(Exchange.Unsigned().Adding("traceparent", "00-1-1-01"))));

    [Theory]
    [InlineData("content-digest")]
    [InlineData("gateway-tenant")]
    [InlineData("gateway-workspace")]
    [InlineData("gateway-agent")]
    [InlineData("content-type")]
    public void Header_ThatIsOneValue_IsAmbiguousTwice(string name)
    {
        var message = Exchange.Unsigned();
        Assert.Equal(ReasonCode.AmbiguousRequest, _exchange.Judge(_exchange.Sign(message.Adding(name, message.Field(name)[0]!))));
    }

    [Theory]
    [InlineData("gateway-session")]
    [InlineData("gateway-approval")]
    [InlineData("gateway-child")]
    [InlineData("idempotency-key")]
    public void OptionalHeader_ThatIsOneValue_IsAmbiguousTwice(string name)
        => Assert.Equal(ReasonCode.AmbiguousRequest, _exchange.Judge(
            _exchange.Sign(Exchange.Unsigned().Adding(name, "v").Adding(name, "v"), Exchange.Covered[..^1] + $" \"{name}\")")));

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
    public void Digest_Missing_IsMalformed()
        => Assert.Equal(ReasonCode.MalformedRequest, _exchange.Judge(_exchange.Sign(Exchange.Unsigned().Without("content-digest"))));

    [Theory]
    [InlineData("\"@method\";req")]
    [InlineData("\"accept\";bs")]
    [InlineData("\"accept\";tr")]
    [InlineData("\"accept\";sf")]
    [InlineData("\"accept\";key=\"a\"")]
    [InlineData("\"@query-param\";name=\"page\"")]
    [InlineData("\"@path\"")]
    [InlineData("\"Accept\"")]
    [InlineData("accept")]
    [InlineData("1")]
    public void Component_WithAParameterOrTwiceOrMisspelt_IsMalformed(string component)
        => Assert.Equal(ReasonCode.MalformedRequest, _exchange.Judge(
            _exchange.Sign(Exchange.Unsigned().Adding("accept", "a=1"), Exchange.Covered[..^1] + $" {component})")));

    [Theory]
    [InlineData("@status")]
    [InlineData("@signature-params")]
    [InlineData("x-not-there")]
    public void Component_ThatTheRequestDoesNotHave_IsInvalid(string name)
        => Assert.Equal(ReasonCode.InvalidSignature, _exchange.Judge(_exchange.Sign(Exchange.Unsigned(), Exchange.Covered[..^1] + $" \"{name}\")")));

    [Theory]
    [InlineData("created")]
    [InlineData("expires")]
    [InlineData("nonce")]
    [InlineData("keyid")]
    public void Parameter_Missing_IsInvalid(string name)
    {
        var parameters = string.Join(';', _exchange.Parameters().Split(';').Where(p => !p.StartsWith(name + "=", StringComparison.Ordinal)));
        Assert.Equal(ReasonCode.InvalidSignature, Judge(parameters));
    }

    [Theory]
    [InlineData(";x=1")]
    [InlineData(";CREATED=1")]
    [InlineData(";created=1")]
    [InlineData(";alg=hmac-sha256")]
    [InlineData(";alg")]
    [InlineData("; alg=\"hmac-sha256\"")]
    public void Parameter_UnknownOrTwiceOrOfAnotherType_IsMalformed(string more)
        => Assert.Equal(ReasonCode.MalformedRequest, Judge(_exchange.Parameters(more: more)));

    [Theory]
    [InlineData("-1")]
    [InlineData("1.0")]
    [InlineData("\"1893456000\"")]
    [InlineData("999999999999999")]
    public void Created_ThatIsNoTime_IsMalformed(string created) => Assert.Equal(ReasonCode.MalformedRequest, Judge(_exchange.Parameters(created: created)));

    [Fact]
    public void Created_WithALeadingZero_IsMalformed()
        => Assert.Equal(ReasonCode.MalformedRequest, Judge(_exchange.Parameters(created: $"0{_exchange.Now}")));

    [Theory]
    [InlineData(1, ReasonCode.None)]
    [InlineData(120, ReasonCode.None)]
    [InlineData(121, ReasonCode.InvalidSignature)]
    [InlineData(0, ReasonCode.InvalidSignature)]
    [InlineData(-1, ReasonCode.InvalidSignature)]
    public void Lifetime_OutsideOneTo120Seconds_IsInvalid(int seconds, ReasonCode reason)
        => Assert.Equal(reason, Judge(_exchange.Parameters(expires: (_exchange.Now + seconds).ToString(CultureInfo.InvariantCulture))));

    [Theory]
    [InlineData("AAECAwQFBgcICQoLDA0ODw", ReasonCode.None)]
    [InlineData("AAECAwQFBgcICQoLDA0ODw==", ReasonCode.None)]
    [InlineData("--__AwQFBgcICQoLDA0ODw", ReasonCode.None)]
    [InlineData("++//AwQFBgcICQoLDA0ODw==", ReasonCode.None)]
    [InlineData("AAECAwQFBgcICQoLDA0OD", ReasonCode.InvalidSignature)]
    [InlineData("AAECAwQFBgcICQoLDA0O====", ReasonCode.InvalidSignature)]
    [InlineData("AAECAwQFBgcICQoLDA0ODw===", ReasonCode.InvalidSignature)]
    [InlineData("AAECAwQF=gcICQoLDA0ODwAA", ReasonCode.InvalidSignature)]
    [InlineData("AAECAwQFBgcI QoLDA0ODwAA", ReasonCode.InvalidSignature)]
    [InlineData("AAECAwQFBgcI:QoLDA0ODwAA", ReasonCode.InvalidSignature)]
    [InlineData("", ReasonCode.InvalidSignature)]
    public void Nonce_UnlessBase64OfAtLeast128Bits_IsInvalid(string nonce, ReasonCode reason)
        => Assert.Equal(reason, Judge(_exchange.Parameters(nonce: $"\"{nonce}\"")));

    [Theory]
    [InlineData(128, ReasonCode.None)]
    [InlineData(129, ReasonCode.InvalidSignature)]
    public void Nonce_LongerThan128Characters_IsInvalid(int length, ReasonCode reason)
        => Assert.Equal(reason, Judge(_exchange.Parameters(nonce: $"\"{new string('A', length)}\"")));

    [Fact]
    public void Nonce_ThatIsNoString_IsMalformed() => Assert.Equal(ReasonCode.MalformedRequest, Judge(_exchange.Parameters(nonce: ":AAECAwQFBgcICQoLDA0ODw==:")));

    [Theory]
    [InlineData("acme")]
    [InlineData(".abcdefgh23")]
    [InlineData("acme.abcdefgh2")]
    [InlineData("acme.abcdefgh234")]
    [InlineData("acme.ABCDEFGH23")]
    [InlineData("acme.abcdefg-23")]
    [InlineData("acme/abcdefgh23")]
    [InlineData("")]
    public void KeyId_UnlessATenantAndTenCharacters_IsInvalid(string keyId)
        => Assert.Equal(ReasonCode.InvalidSignature, Judge(_exchange.Parameters(keyId: $"\"{keyId}\"")));

    [Fact]
    public void KeyId_LongerThan160Characters_IsInvalid()
        => Assert.Equal(ReasonCode.InvalidSignature, Judge(_exchange.Parameters(keyId: $"\"{new string('a', 150)}.abcdefgh23\"")));

    [Theory]
    [InlineData("other.abcdefgh23")]
    [InlineData("acme.x.abcdefgh23")]
    public void KeyId_OfAnotherTenantThanTheHeader_IsAMismatch(string keyId)
        => Assert.Equal(ReasonCode.IdentityMismatch, Judge(_exchange.Parameters(keyId: $"\"{keyId}\"")));

    [Fact]
    public void KeyId_OfATenantWithDots_IsSplitFromTheRight()
    {
        var message = _exchange.Sign(Exchange.Unsigned().Replacing("gateway-tenant", "acme.eu"), parameters: _exchange.Parameters(keyId: "\"acme.eu.abcdefgh23\""));
        Assert.Equal("abcdefgh23", ParsedSignature.Read(message, _exchange.Profile, []).Signature!.Identity.CredentialId);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("NONE")]
    [InlineData("")]
    [InlineData("HS256")]
    [InlineData("rsa-v1_5-sha256")]
    [InlineData("rsa-pss-sha512")]
    [InlineData("ed25519")]
    [InlineData("HMAC-SHA256")]
    public void Algorithm_ThatIsNotAccepted_IsInvalid(string name)
        => Assert.Equal(ReasonCode.InvalidSignature, Judge(_exchange.Parameters(more: $";alg=\"{name}\"")));

    [Theory]
    [InlineData("other.example")]
    [InlineData("gateway.example:8443")]
    [InlineData("gateway.example.")]
    [InlineData("user@gateway.example")]
    [InlineData("")]
    public void Authority_ThatIsNotConfigured_IsInvalid(string authority)
        => Assert.Equal(ReasonCode.InvalidSignature, _exchange.Judge(_exchange.Sign(Exchange.Unsigned().With(authority: authority))));

    [Theory]
    [InlineData("(\"@method\"  \"@authority\"")]
    [InlineData("( \"@method\" \"@authority\"")]
    public void List_ThatIsNotCanonical_IsMalformed(string start)
        => Assert.Equal(ReasonCode.MalformedRequest, _exchange.Judge(
            _exchange.Sign(Exchange.Unsigned(), Exchange.Covered.Replace("(\"@method\" \"@authority\"", start, StringComparison.Ordinal))));

    [Fact]
    public void Refusal_ThatAnswersUniformly_SaysWhyToTheJournalAlone()
    {
        var refusal = ParsedSignature.Read(_exchange.Sign(Exchange.Unsigned(), "(\"@method\")"), _exchange.Profile, []).Refusal;
        Assert.Equal(401, Reasons.Of(refusal.Reason).Status);
        Assert.Null(refusal.Detail);
        Assert.Equal("@authority isn't covered", refusal.Note);
    }

    [Fact]
    public void SignatureInput_AnyText_NeverThrowsAndIsNeverVerified()
        => Prop.ForAll(StructuredFieldReaderTests.Text(), text =>
            _exchange.Judge(_exchange.Sign(Exchange.Unsigned()).Replacing("Signature-Input", text)) != ReasonCode.None).QuickCheckThrowOnFailure();

    [Fact]
    public void SignatureInput_AnyTextInTheMiddleOfAGoodOne_NeverThrowsAndIsNeverVerified()
        => Prop.ForAll(StructuredFieldReaderTests.Text(), Gen.Choose(0, 300).ToArbitrary(), (text, at) =>
        {
            var signed = _exchange.Sign(Exchange.Unsigned());
            var input = signed.Field("signature-input")[0]!;
            var changed = input.Insert(Math.Min(at, input.Length), text);
            return IsOptionalWhitespaceAround(input, changed) || _exchange.Judge(signed.Replacing("Signature-Input", changed)) != ReasonCode.None;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Signature_AnyText_NeverThrowsAndIsNeverVerified()
        => Prop.ForAll(StructuredFieldReaderTests.Text(), text =>
            _exchange.Judge(_exchange.Sign(Exchange.Unsigned()).Replacing("Signature", text)) != ReasonCode.None).QuickCheckThrowOnFailure();

    public void Dispose() => _exchange.Dispose();

    private static bool IsOptionalWhitespaceAround(string input, string changed) => changed.Trim(' ', '\t') == input;

    private ReasonCode Judge(string parameters) => _exchange.Judge(_exchange.Sign(Exchange.Unsigned(), parameters: parameters));
}
