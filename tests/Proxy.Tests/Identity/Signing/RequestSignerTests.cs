using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Gateway.Policy.Model;
using Gateway.Proxy.Identity.Signing;

namespace Gateway.Proxy.Tests.Identity.Signing;

public sealed class RequestSignerTests : IDisposable
{
    private readonly Exchange _exchange = new();

    [Fact]
    public async Task Request_SignedWithHmac_IsVerified() =>
        Assert.Equal(ReasonCode.None, _exchange.Judge(await SignedAsync(_exchange.Signer, Post())));

    [Fact]
    public async Task Request_SignedWithEcdsa_IsVerified() =>
        Assert.Equal(ReasonCode.None, _exchange.Judge(await SignedAsync(_exchange.EcdsaSigner, Post()), _exchange.EcdsaKey));

    [Fact]
    public async Task Request_StatingItsAlgorithm_IsVerified()
    {
        var options = new SigningOptions { StateAlgorithm = true };
        Assert.Equal(ReasonCode.None, _exchange.Judge(await SignedAsync(_exchange.Signer, Post(), options)));
        Assert.Equal(ReasonCode.None, _exchange.Judge(await SignedAsync(_exchange.EcdsaSigner, Post(), options), _exchange.EcdsaKey));
    }

    [Fact]
    public async Task Request_SignedWithOneAlgorithm_IsInvalidUnderTheOther()
    {
        Assert.Equal(ReasonCode.InvalidSignature, _exchange.Judge(await SignedAsync(_exchange.Signer, Post()), _exchange.EcdsaKey));
        Assert.Equal(ReasonCode.InvalidSignature, _exchange.Judge(await SignedAsync(_exchange.EcdsaSigner, Post())));
    }

    [Fact]
    public async Task Request_WithoutABody_HasTheDigestOfTheEmptyOne()
    {
        var signed = await SignedAsync(_exchange.Signer, new HttpRequestMessage(HttpMethod.Get, "https://gateway.example"));
        Assert.Equal("sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:", signed.Field("content-digest")[0]);
        Assert.Equal(ReasonCode.None, _exchange.Judge(signed));
    }

    [Fact]
    public void Request_AnyThatCanBeSent_IsVerified() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<byte[]>(),
                Words(),
                Words(),
                (body, path, values) =>
                {
                    var target =
                        $"/tools/a/{string.Join('/', path.Select(Uri.EscapeDataString))}?q={Uri.EscapeDataString(string.Concat(values))}";
                    var message = new HttpRequestMessage(HttpMethod.Put, $"https://{Exchange.Host}{target}")
                    {
                        Content = new ByteArrayContent(body),
                    };
                    message.Headers.TryAddWithoutValidation(
                        "X-Any",
                        values.Select(v => new string([.. v.Where(c => c is >= ' ' and <= '~')]))
                    );
                    return _exchange.Judge(Signed(_exchange.Signer, message), declared: "x-any") == ReasonCode.None;
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public async Task Request_SignedTwice_HasOneSignatureAndAnotherNonce()
    {
        var request = Post();
        var first = (await SignedAsync(_exchange.Signer, request)).Field("signature-input");
        var second = await SignedAsync(_exchange.Signer, request);
        Assert.Single((IEnumerable<string?>)second.Field("signature-input"));
        Assert.NotEqual(first, second.Field("signature-input"));
        Assert.Equal(ReasonCode.None, _exchange.Judge(second));
    }

    [Fact]
    public async Task Request_WithEverythingGiven_IsAlwaysTheSame()
    {
        var options = new SigningOptions
        {
            Nonce = Exchange.Nonce,
            Created = DateTimeOffset.UnixEpoch,
            Label = "x",
            Lifetime = TimeSpan.FromSeconds(9),
        };
        var first = await SignedAsync(_exchange.Signer, Post(), options);
        var second = await SignedAsync(_exchange.Signer, Post(), options);
        Assert.Equal(first.Lines, second.Lines);
        Assert.StartsWith("x=(\"@method\" ", first.Field("signature-input")[0], StringComparison.Ordinal);
        Assert.Contains(
            $";created=0;expires=9;nonce=\"{Exchange.Nonce}\";keyid=\"{Exchange.KeyId}\";tag=\"gateway-agent-v1\"",
            first.Field("signature-input")[0],
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Request_WithComponentsGiven_CoversThoseAlone()
    {
        var signed = await SignedAsync(_exchange.Signer, Post(), new SigningOptions { Components = ["@method"] });
        Assert.StartsWith("gateway=(\"@method\");", signed.Field("signature-input")[0], StringComparison.Ordinal);
        Assert.Equal(ReasonCode.InvalidSignature, _exchange.Judge(signed));
    }

    [Fact]
    public async Task Headers_OfOneHopOrForTracing_AreNotCovered()
    {
        var request = Post();
        request.Headers.TryAddWithoutValidation("traceparent", "00-1-1-01");
        request.Headers.TryAddWithoutValidation("Connection", "close");
        request.Headers.TryAddWithoutValidation("X-Mine", "v");
        var input = (await SignedAsync(_exchange.Signer, request)).Field("signature-input")[0]!;
        Assert.Contains("\"x-mine\"", input, StringComparison.Ordinal);
        Assert.DoesNotContain("traceparent", input, StringComparison.Ordinal);
        Assert.DoesNotContain("connection", input, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_WithoutAnAbsoluteAddress_CannotBeSigned() =>
        await Assert.ThrowsAsync<ArgumentException>(() =>
            _exchange.Signer.SignAsync(new HttpRequestMessage(HttpMethod.Get, "/a"), CancellationToken.None)
        );

    [Fact]
    public async Task Request_WithAHeaderThatIsNotAscii_CannotBeSigned()
    {
        var request = Post();
        request.Headers.TryAddWithoutValidation("X-Mine", "caf\u00e9");
        await Assert.ThrowsAsync<InvalidOperationException>(() => _exchange.Signer.SignAsync(request, CancellationToken.None));
    }

    [Fact]
    public void Key_ThatIsTooShort_IsNotTaken() => Assert.Throws<ArgumentException>(() => new HmacSigningKey(Exchange.KeyId, new byte[31]));

    [Fact]
    public void Key_Printed_ShowsNothing() =>
        Assert.DoesNotContain(
            Convert.ToBase64String(_exchange.Key),
            new HmacSigningKey(Exchange.KeyId, _exchange.Key).ToString()!,
            StringComparison.Ordinal
        );

    public void Dispose() => _exchange.Dispose();

    private static Arbitrary<List<string>> Words() =>
        Gen.Choose(1, 0x24F)
            .Where(c => c is < 0x7F or > 0xA0)
            .Select(c => (char)c)
            .NonEmptyListOf()
            .Select(c => string.Concat(c))
            .ListOf()
            .ToArbitrary();

    /// <summary>A property can't be asynchronous; nothing here waits for anything.</summary>
    private static TestMessage Signed(RequestSigner signer, HttpRequestMessage request) =>
        SignedAsync(signer, request).GetAwaiter().GetResult();

    private static HttpRequestMessage Post() =>
        new(HttpMethod.Post, $"https://{Exchange.Host}/v1/chat/completions")
        {
            Content = new StringContent("{}", Encoding.UTF8, "application/json"),
        };

    private static async Task<TestMessage> SignedAsync(RequestSigner signer, HttpRequestMessage request, SigningOptions? options = null)
    {
        await signer.SignAsync(request, options ?? new SigningOptions(), CancellationToken.None);
        return TestMessage.From(request);
    }
}
