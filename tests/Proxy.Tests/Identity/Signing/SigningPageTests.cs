using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Gateway.Connectors.Contracts;
using Gateway.Connectors.Keys;
using Gateway.Policy.Model;
using Gateway.Proxy.Identity;
using Gateway.Proxy.Identity.Signing;
using Gateway.Testing;

namespace Gateway.Proxy.Tests.Identity.Signing;

/// <summary>
/// The example of docs/signing.md, byte for byte: whoever writes a client from the page must end up with what is accepted.
/// </summary>
public sealed class SigningPageTests : IDisposable
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "signing.md"));
    private readonly Exchange _exchange = new();

    [Fact]
    public void Page_DerivedKey_ComesFromTheSecretOnThePage()
    {
        var text = Regex.Match(Page, "`(gws_acme[^`]+)`").Groups[1].Value;
        Assert.True(AgentKeyText.TryParse(text, out var key));
        Assert.Equal(Exchange.KeyId, key.KeyId.ToString());
        Assert.Equal(
            Block("key"),
            Convert.ToHexStringLower(RuntimeKeyDerivation.Derive(key.Secret, _exchange.Identity.Tenant, _exchange.Identity.Agent, 1))
        );
    }

    [Fact]
    public void Page_Digest_IsTheBodys() =>
        Assert.Equal(
            $"sha-256=:{Convert.ToBase64String(SHA256.HashData(Encoding.ASCII.GetBytes(Body)))}:",
            Request().Field("content-digest")[0]
        );

    [Fact]
    public void Page_Base_IsTheRequests() =>
        Assert.Equal(Block("base"), Exchange.BaseOf(Request(), Request().Field("signature-input")[0]!["gateway=".Length..]));

    [Fact]
    public void Page_Signature_IsTheBasesUnderTheKey() =>
        Assert.Equal(
            $"gateway=:{Convert.ToBase64String(HMACSHA256.HashData(Key, Encoding.ASCII.GetBytes(Block("base"))))}:",
            Request().Field("signature")[0]
        );

    [Fact]
    public void Page_Request_IsVerifiedInItsMinute()
    {
        _exchange.Time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(
            ReasonCode.None,
            _exchange.Judge(Request(), new HmacVerificationKey(_exchange.Record(CredentialKind.HmacSha256), Key))
        );
    }

    [Fact]
    public async Task Page_Request_IsWhatTheSignerMakes()
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "https://gateway.example/tools/crm/leads?notify=yes")
        {
            Content = new ByteArrayContent(Encoding.ASCII.GetBytes(Body)),
        };
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        request.Headers.TryAddWithoutValidation("Gateway-Session", "run-7");
        request.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        var options = new SigningOptions { Nonce = "Z2F0ZXdheS1leGFtcGxlLTAx", Created = _exchange.Time.GetUtcNow() };
        await new RequestSigner(new HmacSigningKey(Exchange.KeyId, Key), _exchange.Identity, _exchange.Time).SignAsync(
            request,
            options,
            CancellationToken.None
        );
        Assert.Equal(Request().Lines.Where(line => line.Name != "Host"), TestMessage.From(request).Lines);
    }

    [Theory]
    [InlineData("4096 characters", SignatureProfile.MaxFieldLength)]
    [InlineData("16 signatures", SignatureProfile.MaxSignatures)]
    [InlineData("At most 64 components", Proxy.Identity.Signatures.SignatureBase.MaxComponents)]
    [InlineData("1 s to 120 s", SignatureProfile.MaxLifetimeSeconds)]
    [InlineData("22 characters", SignatureProfile.MinNonceLength)]
    [InlineData("128 at most", SignatureProfile.MaxNonceLength)]
    [InlineData("160 characters", SignatureProfile.MaxKeyIdLength)]
    [InlineData("1024 characters", ContentDigest.MaxLength)]
    public void Page_Bounds_AreTheCodes(string words, int bound)
    {
        Assert.Contains(words, Page, StringComparison.Ordinal);
        Assert.Contains(bound.ToString(System.Globalization.CultureInfo.InvariantCulture), words, StringComparison.Ordinal);
    }

    [Fact]
    public void Page_Components_AreTheProfiles() =>
        Assert.All(
            SignatureProfile.AlwaysCovered.Concat(SignatureProfile.CoveredWhenPresent),
            name => Assert.Contains($"`{name}`", Page, StringComparison.Ordinal)
        );

    public void Dispose() => _exchange.Dispose();

    private static byte[] Key => Convert.FromHexString(Block("key"));

    private static string Body => Block("http").Split("\n\n", 2)[1];

    private static TestMessage Request()
    {
        var lines = Block("http").Split("\n\n", 2)[0].Split('\n');
        var headers = lines.Skip(1).Select(line => line.Split(": ", 2)).Select(parts => (parts[0], parts[1])).ToList();
        return new TestMessage("POST", "https", headers.Single(h => h.Item1 == "Host").Item2, lines[0].Split(' ')[1], headers);
    }

    private static string Block(string name) => Regex.Match(Page, $"```{name}\n(.*?)\n```", RegexOptions.Singleline).Groups[1].Value;
}
