using System.Globalization;
using Gateway.Policy.Model;
using Gateway.Proxy.Identity;

namespace Gateway.Proxy.Tests.Identity;

/// <summary>
/// The parameters that the profile asks for, and their bounds. Each request here is rightly signed but for the one thing.
/// </summary>
public sealed class SignatureParametersTests : IDisposable
{
    private readonly Exchange _exchange = new();

    [Theory]
    [InlineData("created")]
    [InlineData("expires")]
    [InlineData("nonce")]
    [InlineData("keyid")]
    public void Parameter_Missing_IsInvalid(string name)
    {
        var parameters = string.Join(
            ';',
            _exchange.Parameters().Split(';').Where(p => !p.StartsWith(name + "=", StringComparison.Ordinal))
        );
        Assert.Equal(ReasonCode.InvalidSignature, Judge(parameters));
    }

    [Theory]
    [InlineData(";x=1")]
    [InlineData(";CREATED=1")]
    [InlineData(";created=1")]
    [InlineData(";alg=hmac-sha256")]
    [InlineData(";alg")]
    [InlineData("; alg=\"hmac-sha256\"")]
    public void Parameter_UnknownOrTwiceOrOfAnotherType_IsMalformed(string more) =>
        Assert.Equal(ReasonCode.MalformedRequest, Judge(_exchange.Parameters(more: more)));

    [Theory]
    [InlineData("-1")]
    [InlineData("1.0")]
    [InlineData("\"1893456000\"")]
    [InlineData("999999999999999")]
    public void Created_ThatIsNoTime_IsMalformed(string created) =>
        Assert.Equal(ReasonCode.MalformedRequest, Judge(_exchange.Parameters(created: created)));

    [Fact]
    public void Created_WithALeadingZero_IsMalformed() =>
        Assert.Equal(ReasonCode.MalformedRequest, Judge(_exchange.Parameters(created: $"0{_exchange.Now}")));

    [Theory]
    [InlineData(1, ReasonCode.None)]
    [InlineData(120, ReasonCode.None)]
    [InlineData(121, ReasonCode.InvalidSignature)]
    [InlineData(0, ReasonCode.InvalidSignature)]
    [InlineData(-1, ReasonCode.InvalidSignature)]
    public void Lifetime_OutsideOneTo120Seconds_IsInvalid(int seconds, ReasonCode reason) =>
        Assert.Equal(reason, Judge(_exchange.Parameters(expires: (_exchange.Now + seconds).ToString(CultureInfo.InvariantCulture))));

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
    public void Nonce_UnlessBase64OfAtLeast128Bits_IsInvalid(string nonce, ReasonCode reason) =>
        Assert.Equal(reason, Judge(_exchange.Parameters(nonce: $"\"{nonce}\"")));

    [Theory]
    [InlineData(128, ReasonCode.None)]
    [InlineData(129, ReasonCode.InvalidSignature)]
    public void Nonce_LongerThan128Characters_IsInvalid(int length, ReasonCode reason) =>
        Assert.Equal(reason, Judge(_exchange.Parameters(nonce: $"\"{new string('A', length)}\"")));

    [Fact]
    public void Nonce_ThatIsNoString_IsMalformed() =>
        Assert.Equal(ReasonCode.MalformedRequest, Judge(_exchange.Parameters(nonce: ":AAECAwQFBgcICQoLDA0ODw==:")));

    [Theory]
    [InlineData("acme")]
    [InlineData(".abcdefgh23")]
    [InlineData("acme.abcdefgh2")]
    [InlineData("acme.abcdefgh234")]
    [InlineData("acme.ABCDEFGH23")]
    [InlineData("acme.abcdefgh01")]
    [InlineData("ACME.abcdefgh23")]
    [InlineData("acme.abcdefg-23")]
    [InlineData("acme/abcdefgh23")]
    [InlineData("")]
    public void KeyId_UnlessATenantAndTenCharacters_IsInvalid(string keyId) =>
        Assert.Equal(ReasonCode.InvalidSignature, Judge(_exchange.Parameters(keyId: $"\"{keyId}\"")));

    [Fact]
    public void KeyId_LongerThan160Characters_IsInvalid() =>
        Assert.Equal(ReasonCode.InvalidSignature, Judge(_exchange.Parameters(keyId: $"\"{new string('a', 150)}.abcdefgh23\"")));

    [Theory]
    [InlineData("other.abcdefgh23")]
    [InlineData("acme.x.abcdefgh23")]
    public void KeyId_OfAnotherTenantThanTheHeader_IsAMismatch(string keyId) =>
        Assert.Equal(ReasonCode.IdentityMismatch, Judge(_exchange.Parameters(keyId: $"\"{keyId}\"")));

    [Fact]
    public void KeyId_OfATenantWithDots_IsSplitFromTheRight()
    {
        var message = _exchange.Sign(
            Exchange.Unsigned().Replacing("gateway-tenant", "acme.eu"),
            parameters: _exchange.Parameters(keyId: "\"acme.eu.abcdefgh23\"")
        );
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
    public void Algorithm_ThatIsNotAccepted_IsInvalid(string name) =>
        Assert.Equal(ReasonCode.InvalidSignature, Judge(_exchange.Parameters(more: $";alg=\"{name}\"")));

    public void Dispose() => _exchange.Dispose();

    private ReasonCode Judge(string parameters) => _exchange.Judge(_exchange.Sign(Exchange.Unsigned(), parameters: parameters));
}
