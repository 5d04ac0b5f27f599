using System.Net;
using Gateway.Policy.Model;
using Gateway.Proxy.Identity.Signing;
using Gateway.Proxy.Tests.Running;
using Gateway.Testing;

namespace Gateway.Proxy.Tests.Attacks;

/// <summary>What is tried with signatures.</summary>
public sealed class SignatureAttackTests(GatewayFixture fixture) : AttackTests(fixture)
{
    private const string Notes = "/tools/crm/contacts/c-1/notes";

    [Fact]
    public async Task A_replayed_request_is_refused()
    {
        var first = await SignedAsync(HttpMethod.Post, Notes, Note);
        var again = await CopyAsync(first, Note);
        using var answer = await Gateway.SendAsync(first);
        Assert.True(answer.IsSuccessStatusCode);

        await RefusedAsync(again, HttpStatusCode.Unauthorized, "replayed_nonce");
    }

    [Fact]
    public async Task Of_two_equal_requests_at_once_one_passes()
    {
        var before = await CountAsync();
        for (var i = 0; i < 100; i++)
        {
            var first = await SignedAsync(HttpMethod.Get, "/tools/crm/contacts/c-2");
            var second = await CopyAsync(first, null);

            var answers = await Task.WhenAll(Gateway.SendAsync(first), Gateway.SendAsync(second));

            Assert.Equal([HttpStatusCode.OK, HttpStatusCode.Unauthorized], answers.Select(a => a.StatusCode).Order());
        }

        Assert.Equal(before + 100, await CountAsync());
    }

    [Fact]
    public async Task A_body_that_was_swapped_under_its_digest_is_refused()
    {
        var request = await CopyAsync(await SignedAsync(HttpMethod.Post, Notes, Note), Note.Replace("hello", "jello", StringComparison.Ordinal));

        await RefusedAsync(request, HttpStatusCode.Unauthorized, "invalid_signature");
    }

    [Fact]
    public async Task A_body_and_digest_that_were_swapped_are_refused()
    {
        const string Other = """{"text":"other"}""";
        var request = await CopyAsync(await SignedAsync(HttpMethod.Post, Notes, Note), Other);
        var digest = Convert.ToBase64String(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Other)));
        Set(request, "Content-Digest", $"sha-256=:{digest}:");

        await RefusedAsync(request, HttpStatusCode.Unauthorized, "invalid_signature");
    }

    [Theory]
    [InlineData(-600)]
    [InlineData(600)]
    public async Task A_signature_from_another_time_is_refused(int seconds)
    {
        var signer = await Gateway.NewSignerAsync("assistant", new ManualTime(TimeProvider.System.GetUtcNow().AddSeconds(seconds)));
        var request = Gateway.Request(HttpMethod.Get, "/tools/crm/contacts");
        await signer.SignAsync(request, CancellationToken.None);

        await RefusedAsync(request, HttpStatusCode.Unauthorized, "expired_signature");
    }

    [Theory]
    [InlineData("none")]
    [InlineData("hmac-sha512")]
    [InlineData("ecdsa-p256-sha256")]
    public async Task Another_algorithm_than_the_keys_is_refused(string algorithm)
    {
        var request = await SignedAsync(HttpMethod.Get, "/tools/crm/contacts");
        var input = Assert.Single(request.Headers.GetValues("Signature-Input"));
        Set(request, "Signature-Input", $"{input};alg=\"{algorithm}\"");

        await RefusedAsync(request, HttpStatusCode.Unauthorized, "invalid_signature");
    }

    [Theory]
    [InlineData("Gateway-Tenant", "other", "identity_mismatch")]
    [InlineData("Gateway-Workspace", "elsewhere", "identity_mismatch")]
    [InlineData("Gateway-Agent", "intern", "identity_mismatch")]
    public async Task Another_ones_identity_header_is_refused(string header, string value, string reason)
    {
        var request = await SignedAsync(HttpMethod.Get, "/tools/crm/contacts");
        Set(request, header, value);

        await RefusedAsync(request, HttpStatusCode.Unauthorized, reason);
    }

    [Fact]
    public async Task A_signature_for_another_path_is_refused()
    {
        var request = await SignedAsync(HttpMethod.Get, "/tools/crm/contacts/c-1");
        request.RequestUri = new Uri(Gateway.Address, "/tools/crm/contacts/c-2");

        await RefusedAsync(request, HttpStatusCode.Unauthorized, "invalid_signature");
    }

    [Fact]
    public async Task A_signature_for_another_query_is_refused()
    {
        var request = await SignedAsync(HttpMethod.Get, "/tools/crm/contacts?page=1");
        request.RequestUri = new Uri(Gateway.Address, "/tools/crm/contacts?page=2");

        await RefusedAsync(request, HttpStatusCode.Unauthorized, "invalid_signature");
    }

    [Fact]
    public async Task A_signature_for_another_method_is_refused()
    {
        var request = await SignedAsync(HttpMethod.Get, "/tools/crm/contacts/c-1");
        request.Method = HttpMethod.Delete;

        await RefusedAsync(request, HttpStatusCode.Unauthorized, "invalid_signature");
    }

    [Fact]
    public async Task A_signature_for_another_authority_is_refused()
    {
        var request = await SignedAsync(HttpMethod.Get, "/tools/crm/contacts");
        request.Headers.Host = $"localhost:{Gateway.Address.Port}";

        await RefusedAsync(request, HttpStatusCode.Unauthorized, "invalid_signature");
    }

    [Fact]
    public async Task An_authority_that_is_not_ours_is_refused()
    {
        var request = await SignedAsync(HttpMethod.Get, "/tools/crm/contacts");
        request.Headers.Host = "gateway.example.com";

        await RefusedAsync(request, HttpStatusCode.NotFound, "unknown_door");
    }

    [Fact]
    public async Task A_header_that_goes_on_and_is_not_signed_is_refused()
    {
        var components = new[] { "@method", "@authority", "@path", "@query", "content-digest", "gateway-tenant", "gateway-workspace", "gateway-agent" };
        var request = await SignedAsync(HttpMethod.Post, Notes, Note, new SigningOptions { Components = components });

        await RefusedAsync(request, HttpStatusCode.Unauthorized, "invalid_signature");
    }

    [Fact]
    public async Task Two_signatures_for_Gateway_are_refused()
    {
        var request = await SignedAsync(HttpMethod.Get, "/tools/crm/contacts");
        foreach (var name in new[] { "Signature-Input", "Signature" })
        {
            var value = Assert.Single(request.Headers.GetValues(name));
            Set(request, name, $"{value}, second{value[value.IndexOf('=', StringComparison.Ordinal)..]}");
        }

        await RefusedAsync(request, HttpStatusCode.BadRequest, "ambiguous_request");
    }

    [Fact]
    public async Task A_key_that_nobody_issued_is_refused()
    {
        var signer = new RequestSigner(
            new HmacSigningKey("demo.aaaaaaaaaa", new byte[32]), new SigningIdentity(RunningGateway.Demo, RunningGateway.Main, Id<Agent>.Parse("assistant")), TimeProvider.System);
        var request = Gateway.Request(HttpMethod.Get, "/tools/crm/contacts");
        await signer.SignAsync(request, CancellationToken.None);

        await RefusedAsync(request, HttpStatusCode.Unauthorized, "unknown_key");
    }

    [Fact]
    public async Task A_nonce_of_another_tenant_passes()
    {
        var nonce = Convert.ToBase64String(System.Security.Cryptography.RandomNumberGenerator.GetBytes(24));
        var ours = await SignedAsync(HttpMethod.Get, "/tools/crm/contacts", options: new SigningOptions { Nonce = nonce });
        using var first = await Gateway.SendAsync(ours);
        Assert.True(first.IsSuccessStatusCode);

        var signer = await Gateway.NewSignerAsync("assistant", tenant: "other");
        var theirs = Gateway.Request(HttpMethod.Get, "/v1/models");
        await signer.SignAsync(theirs, new SigningOptions { Nonce = nonce }, CancellationToken.None);
        using var second = await Gateway.SendAsync(theirs);

        Assert.Equal(HttpStatusCode.OK, second.StatusCode);
        Assert.Equal("""{"object":"list","data":[]}""", await second.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Another_tenants_connector_does_not_exist()
    {
        var signer = await Gateway.NewSignerAsync("assistant", tenant: "other");
        var request = Gateway.Request(HttpMethod.Get, "/tools/crm/contacts");
        await signer.SignAsync(request, CancellationToken.None);

        await RefusedAsync(request, HttpStatusCode.NotFound, "unknown_connector");
    }

    private static void Set(HttpRequestMessage request, string name, string value)
    {
        request.Headers.Remove(name);
        request.Content?.Headers.Remove(name);
        Assert.True(request.Headers.TryAddWithoutValidation(name, value) || request.Content!.Headers.TryAddWithoutValidation(name, value));
    }

    /// <summary>The same head with another or the same body.</summary>
    private static async Task<HttpRequestMessage> CopyAsync(HttpRequestMessage request, string? body)
    {
        var copy = new HttpRequestMessage(request.Method, request.RequestUri);
        foreach (var header in request.Headers)
        {
            copy.Headers.TryAddWithoutValidation(header.Key, header.Value);
        }

        if (request.Content is { } content)
        {
            copy.Content = new ByteArrayContent(body is null ? await content.ReadAsByteArrayAsync() : System.Text.Encoding.UTF8.GetBytes(body));
            foreach (var header in content.Headers)
            {
                copy.Content.Headers.TryAddWithoutValidation(header.Key, header.Value);
            }
        }

        return copy;
    }
}
