using System.Security.Cryptography;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;
using Gateway.Proxy.Identity.Signing;
using Gateway.Proxy.Tests.Running;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Proxy.Tests.Attacks;

/// <summary>Signatures that are forged, stretched over something else, or made to look like another's.</summary>
public sealed class SignatureAttackTests(AttackedGateway attacked) : IClassFixture<AttackedGateway>
{
    private const string Query = AttackedGateway.Contacts + "?limit=2";

    [Fact]
    public async Task The_honest_request_passes() => await attacked.AssertPassesAsync(await attacked.SignedAsync("GET", Query));

    [Fact]
    public async Task Another_path_is_refused() => await RefusedAsync(r => r.Target = "/tools/crm/contacts/c-1?limit=2");

    [Fact]
    public async Task The_same_path_spelt_otherwise_is_refused() => await RefusedAsync(r => r.Target = "/tools/crm/c%6fntacts?limit=2");

    [Fact]
    public async Task Another_query_is_refused() => await RefusedAsync(r => r.Target = AttackedGateway.Contacts + "?limit=3");

    [Fact]
    public async Task No_query_is_refused() => await RefusedAsync(r => r.Target = AttackedGateway.Contacts);

    [Fact]
    public async Task Another_method_is_refused() => await RefusedAsync(r => r.Method = "DELETE");

    [Fact]
    public async Task Another_of_our_own_authorities_is_refused() =>
        await RefusedAsync(r => r.Set("Host", $"localhost:{attacked.Gateway.Address.Port}"));

    [Fact]
    public async Task A_signature_for_another_authority_is_refused()
    {
        var request = await RawRequest.SignedAsync("elsewhere.example", attacked.Signer, "GET", Query);

        await attacked.AssertRefusedAsync(request.Set("Host", attacked.Authority), ReasonCode.InvalidSignature);
    }

    [Theory]
    [InlineData("Gateway-Session", "another")]
    [InlineData("Idempotency-Key", "another")]
    [InlineData("Prefer", "wait=10")]
    [InlineData("Gateway-Approval", "another")]
    [InlineData("Accept", "text/html")]
    [InlineData("anthropic-version", "2023-06-01")]
    public async Task A_header_that_is_read_and_was_put_in_on_the_way_is_refused(string name, string value) =>
        await RefusedAsync(r => r.Set(name, value));

    [Fact]
    public async Task A_header_that_was_changed_on_the_way_is_refused()
    {
        var request = await attacked.SignedAsync("GET", Query, headers: "Gateway-Session: mine");

        await attacked.AssertRefusedAsync(request.Set("Gateway-Session", "yours"), ReasonCode.InvalidSignature);
    }

    [Theory]
    [InlineData("@method")]
    [InlineData("@authority")]
    [InlineData("@path")]
    [InlineData("@query")]
    [InlineData("content-digest")]
    [InlineData("content-type")]
    [InlineData("gateway-tenant")]
    [InlineData("gateway-workspace")]
    [InlineData("gateway-agent")]
    public async Task A_signature_that_leaves_out_what_it_must_cover_is_refused(string component)
    {
        string[] all =
        [
            "@method",
            "@authority",
            "@path",
            "@query",
            "content-digest",
            "content-type",
            "gateway-tenant",
            "gateway-workspace",
            "gateway-agent",
        ];
        var request = await attacked.SignedAsync(
            "POST",
            AttackedGateway.Notes,
            AttackedGateway.Note,
            new SigningOptions { Components = [.. all.Where(c => c != component)] }
        );

        await attacked.AssertRefusedAsync(request, ReasonCode.InvalidSignature);
    }

    [Fact]
    public async Task A_swapped_body_under_the_kept_digest_is_refused()
    {
        var request = await attacked.SignedAsync("POST", AttackedGateway.Notes, AttackedGateway.Note);
        request.Body = """{"text":"other"}"""u8.ToArray();

        await attacked.AssertRefusedAsync(request, ReasonCode.InvalidSignature);
    }

    [Fact]
    public async Task A_swapped_body_with_its_own_digest_is_refused()
    {
        var request = await attacked.SignedAsync("POST", AttackedGateway.Notes, AttackedGateway.Note);
        request.Body = """{"text":"other"}"""u8.ToArray();

        await attacked.AssertRefusedAsync(
            request.Set("Content-Digest", $"sha-256=:{Convert.ToBase64String(SHA256.HashData(request.Body))}:"),
            ReasonCode.InvalidSignature
        );
    }

    [Fact]
    public async Task A_body_put_under_the_digest_of_none_is_refused()
    {
        var request = await attacked.SignedAsync("POST", AttackedGateway.Notes);
        request.Body = """{"text":"other"}"""u8.ToArray();

        await attacked.AssertRefusedAsync(request.And("Content-Length: 16"), ReasonCode.InvalidSignature);
    }

    [Fact]
    public async Task A_list_of_models_under_the_digest_of_a_body_is_refused() =>
        await attacked.AssertRefusedAsync(
            await attacked.SignedAsync("GET", "/v1/models", AttackedGateway.Note),
            ReasonCode.InvalidSignature,
            Door.OpenAi
        );

    [Theory]
    [InlineData("none")]
    [InlineData("hmac-sha512")]
    [InlineData("ecdsa-p256-sha256")]
    [InlineData("rsa-v1_5-sha256")]
    [InlineData("HMAC-SHA256")]
    [InlineData("")]
    public async Task An_algorithm_that_is_not_the_keys_is_refused(string algorithm)
    {
        var (issued, key) = await attacked.Gateway.NewRuntimeKeyAsync("assistant", RunningGateway.Demo);
        var request = await SignedByAsync(new StatedKey(issued.KeyId, key, algorithm), new SigningOptions { StateAlgorithm = true });

        await attacked.AssertRefusedAsync(request, ReasonCode.InvalidSignature);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_public_key_used_as_the_secret_of_an_HMAC_is_refused(bool stated)
    {
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var issued = await attacked.Gateway.IssueAsync("assistant", CredentialKind.EcdsaP256Sha256, pair.ExportSubjectPublicKeyInfoPem());
        await attacked.AssertPassesAsync(await SignedByAsync(new EcdsaSigningKey(issued.KeyId, pair), new SigningOptions()));

        var confused = new StatedKey(issued.KeyId, pair.ExportSubjectPublicKeyInfo(), "hmac-sha256");

        await attacked.AssertRefusedAsync(
            await SignedByAsync(confused, new SigningOptions { StateAlgorithm = stated }),
            ReasonCode.InvalidSignature
        );
    }

    [Theory]
    [InlineData("rival", "main", "assistant")]
    [InlineData("demo", "other", "assistant")]
    [InlineData("demo", "main", "intern")]
    public async Task A_good_signature_in_somebody_elses_name_is_refused(string tenant, string workspace, string agent)
    {
        var (issued, key) = await attacked.Gateway.NewRuntimeKeyAsync("assistant", RunningGateway.Demo);
        var signer = new RequestSigner(
            new HmacSigningKey(issued.KeyId, key),
            new SigningIdentity(Id<Tenant>.Parse(tenant), Id<Workspace>.Parse(workspace), Id<Agent>.Parse(agent)),
            TimeProvider.System
        );

        await attacked.AssertRefusedAsync(
            await RawRequest.SignedAsync(attacked.Authority, signer, "GET", Query),
            ReasonCode.IdentityMismatch
        );
    }

    [Fact]
    public async Task A_signature_under_another_agents_key_id_is_refused()
    {
        var (_, key) = await attacked.Gateway.NewRuntimeKeyAsync("intern", RunningGateway.Demo);
        var (others, _) = await attacked.Gateway.NewRuntimeKeyAsync("assistant", RunningGateway.Demo);

        await attacked.AssertRefusedAsync(
            await SignedByAsync(new HmacSigningKey(others.KeyId, key), new SigningOptions()),
            ReasonCode.InvalidSignature
        );
    }

    [Fact]
    public async Task A_signature_under_an_unknown_key_id_is_refused() =>
        await attacked.AssertRefusedAsync(
            await SignedByAsync(new HmacSigningKey("demo.aaaaaaaaaa", new byte[32]), new SigningOptions()),
            ReasonCode.UnknownKey
        );

    [Fact]
    public async Task A_signature_from_before_its_time_is_refused() =>
        await attacked.AssertRefusedAsync(await AtAsync(TimeSpan.FromSeconds(60)), ReasonCode.ExpiredSignature);

    [Fact]
    public async Task A_signature_from_after_its_time_is_refused() =>
        await attacked.AssertRefusedAsync(await AtAsync(TimeSpan.FromSeconds(-61)), ReasonCode.ExpiredSignature);

    [Theory]
    [InlineData(0)]
    [InlineData(-10)]
    [InlineData(121)]
    [InlineData(86_400)]
    public async Task A_signature_that_lives_too_long_or_never_is_refused(int seconds) =>
        await attacked.AssertRefusedAsync(
            await attacked.SignedAsync("GET", Query, options: new SigningOptions { Lifetime = TimeSpan.FromSeconds(seconds) }),
            ReasonCode.InvalidSignature
        );

    [Theory]
    [InlineData("short")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAA AAAA AAAA AAAA AAAA AAAA")]
    public async Task A_nonce_that_could_be_guessed_is_refused(string nonce) =>
        await attacked.AssertRefusedAsync(
            await attacked.SignedAsync("GET", Query, options: new SigningOptions { Nonce = nonce }),
            ReasonCode.InvalidSignature
        );

    [Fact]
    public async Task Two_signatures_for_us_are_refused()
    {
        var (first, second) = (
            await attacked.SignedAsync("GET", Query),
            await attacked.SignedAsync("GET", Query, options: new SigningOptions { Label = "other" })
        );

        await attacked.AssertRefusedAsync(
            first.And($"Signature-Input: {second.Value("Signature-Input")}").And($"Signature: {second.Value("Signature")}"),
            ReasonCode.AmbiguousRequest
        );
    }

    [Fact]
    public async Task A_signature_beside_a_bearer_is_refused() =>
        await attacked.AssertRefusedAsync(
            (await attacked.SignedAsync("GET", Query)).And($"Authorization: Bearer {attacked.Key}"),
            ReasonCode.AmbiguousRequest
        );

    [Fact]
    public async Task A_signature_without_its_bytes_is_refused()
    {
        var request = await attacked.SignedAsync("GET", Query);
        request.Headers.RemoveAll(h => h.StartsWith("Signature:", StringComparison.Ordinal));

        await attacked.AssertRefusedAsync(request, ReasonCode.MalformedRequest);
    }

    [Theory]
    [InlineData("gateway=::")]
    [InlineData("gateway=:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=:, gateway=:AAAA:")]
    [InlineData("other=:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=:")]
    [InlineData("gateway=\"AAAA\"")]
    public async Task Signature_bytes_that_are_none_are_refused(string field) =>
        await attacked.AssertRefusedAsync((await attacked.SignedAsync("GET", Query)).Set("Signature", field), ReasonCode.MalformedRequest);

    [Fact]
    public async Task A_signature_whose_tag_was_changed_proves_nothing()
    {
        var request = await attacked.SignedAsync("GET", Query);

        await attacked.AssertRefusedAsync(
            request.Set(
                "Signature-Input",
                request.Value("Signature-Input").Replace("gateway-agent-v1", "gateway-agent-v0", StringComparison.Ordinal)
            ),
            ReasonCode.MissingCredentials
        );
    }

    [Fact]
    public async Task A_credential_that_is_revoked_at_run_time_is_refused_at_once()
    {
        var (issued, key) = await attacked.Gateway.NewRuntimeKeyAsync("assistant", RunningGateway.Demo);
        var signing = new HmacSigningKey(issued.KeyId, key);
        await attacked.AssertPassesAsync(await SignedByAsync(signing, new SigningOptions()));

        await attacked
            .Gateway.Services.GetRequiredService<IDurableStore>()
            .RevokeCredentialAsync(RunningGateway.Demo, issued.Record.Id, TimeProvider.System.GetUtcNow(), CancellationToken.None);
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while ((await attacked.SendAsync(await SignedByAsync(signing, new SigningOptions()))).Status != 401)
        {
            deadline.Token.ThrowIfCancellationRequested();
        }

        await attacked.AssertRefusedAsync(await SignedByAsync(signing, new SigningOptions()), ReasonCode.RevokedCredential);
    }

    private async Task RefusedAsync(Action<RawRequest> change)
    {
        var request = await attacked.SignedAsync("GET", Query);
        change(request);
        await attacked.AssertRefusedAsync(request, ReasonCode.InvalidSignature);
    }

    private Task<RawRequest> AtAsync(TimeSpan from) =>
        attacked.SignedAsync("GET", Query, options: new SigningOptions { Created = TimeProvider.System.GetUtcNow() + from });

    private Task<RawRequest> SignedByAsync(SigningKey key, SigningOptions options) =>
        RawRequest.SignedAsync(
            attacked.Authority,
            new RequestSigner(
                key,
                new SigningIdentity(RunningGateway.Demo, RunningGateway.Main, Id<Agent>.Parse("assistant")),
                TimeProvider.System
            ),
            "GET",
            Query,
            options: options
        );

    /// <summary>Signs with HMAC and says whatever it is told to.</summary>
    private sealed class StatedKey(string keyId, byte[] key, string algorithm) : SigningKey(keyId)
    {
        public override string Algorithm => algorithm;

        internal override byte[] Sign(ReadOnlySpan<byte> signatureBase) => HMACSHA256.HashData(key, signatureBase);
    }
}
