using System.Buffers.Text;
using System.Text;
using System.Text.Json.Nodes;
using Gateway.Connectors.Vaults;
using Gateway.Policy.Model;
using Gateway.Proxy.Decisions;
using Gateway.Testing;

namespace Gateway.Proxy.Tests.Decisions;

public sealed class DecisionTokensTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(1, NamedKey.Length).Select(i => (byte)i)];

    private readonly ManualTime _time = new();
    private readonly DecisionTokens _tokens;
    private readonly string _token;

    public DecisionTokensTests()
    {
        _tokens = new DecisionTokens(Ring(Key), _time);
        _token = Text(_tokens.Mint(JudgedChat.Judgement(Verdict.Allow), JudgedChat.Intent, ["log_detailed"]));
    }

    public static TheoryData<string> Claims =>
        [
            "iss",
            "aud",
            "sub",
            "tenant",
            "terms",
            "workspace",
            "jti",
            "iat",
            "exp",
            "decision_id",
            "operation",
            "intent",
            "revision",
            "obligations",
        ];

    /// <summary>Everything that an intent says, said otherwise.</summary>
    public static TheoryData<string> Changes =>
        [
            "tenant",
            "workspace",
            "agent",
            "strength",
            "door",
            "connector",
            "operation",
            "model",
            "no model",
            "session",
            "data",
            "environment",
            "hosted tools",
            "method",
            "authority",
            "path",
            "headers",
            "content",
        ];

    [Fact]
    public void Token_opens_exactly_the_intent_that_it_was_made_for()
    {
        Assert.True(Opens(_token, JudgedChat.Intent, "d1"));
        Assert.False(Opens(_token, JudgedChat.Intent, "d2"));
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public void Token_opens_no_intent_that_differs_in_anything(string what) => Assert.False(Opens(_token, Changed(what), "d1"));

    [Theory]
    [InlineData(Verdict.Block)]
    [InlineData(Verdict.RequireApproval)]
    public void Only_an_allow_or_a_met_degrade_carries_a_token(Verdict verdict)
    {
        Assert.Throws<InvalidOperationException>(() => _tokens.Mint(JudgedChat.Judgement(verdict), JudgedChat.Intent, []));
        Assert.NotNull(_tokens.Mint(JudgedChat.Judgement(Verdict.Degrade), JudgedChat.Intent, []));
    }

    [Fact]
    public void Token_says_on_which_terms_it_was_given()
    {
        var judgement = JudgedChat.Judgement(Verdict.Degrade);
        judgement = judgement with { Decision = judgement.Decision with { Obligations = new Policy.Model.Obligations(MaxTokens: 5) } };

        Assert.Equal(
            """{"max_tokens":5}""",
            PayloadOf(Text(_tokens.Mint(judgement, JudgedChat.Intent, ["max_tokens"])))["terms"]!.ToJsonString()
        );
        Assert.Equal("{}", PayloadOf(_token)["terms"]!.ToJsonString());
    }

    [Fact]
    public async Task Tokens_made_at_once_say_each_its_own_terms()
    {
        var all = await Task.WhenAll(
            Enumerable
                .Range(1, 64)
                .Select(most =>
                    Task.Run(() =>
                    {
                        var judgement = JudgedChat.Judgement(Verdict.Degrade);
                        judgement = judgement with
                        {
                            Decision = judgement.Decision with { Obligations = new Policy.Model.Obligations(MaxTokens: most) },
                        };
                        return (most, Text(_tokens.Mint(judgement, JudgedChat.Intent, ["max_tokens"])));
                    })
                )
        );

        Assert.All(all, made => Assert.Equal($$"""{"max_tokens":{{made.most}}}""", PayloadOf(made.Item2)["terms"]!.ToJsonString()));
        Assert.All(all, made => Assert.True(Opens(made.Item2, JudgedChat.Intent, "d1")));
    }

    [Fact]
    public void Token_has_the_claims_that_it_must_have()
    {
        var claims = PayloadOf(_token);

        Assert.Equal(
            [
                "aud",
                "decision_id",
                "exp",
                "iat",
                "intent",
                "iss",
                "jti",
                "obligations",
                "operation",
                "revision",
                "sub",
                "tenant",
                "terms",
                "workspace",
            ],
            claims.Select(c => c.Key).Order(StringComparer.Ordinal)
        );
        Assert.Equal(300, (long)claims["exp"]! - (long)claims["iat"]!);
        Assert.Equal("""{"alg":"HS256","typ":"decision+jwt"}""", Encoding.ASCII.GetString(Base64Url.DecodeFromChars(_token.Split('.')[0])));
    }

    [Theory]
    [MemberData(nameof(Claims))]
    public void Changed_claim_breaks_the_signature(string claim)
    {
        var claims = PayloadOf(_token);
        claims[claim] = Other(claims[claim]!);
        var parts = _token.Split('.');

        Assert.False(Opens($"{parts[0]}.{Encode(claims)}.{parts[2]}", JudgedChat.Intent, "d1"));
    }

    [Theory]
    [InlineData("iss")]
    [InlineData("aud")]
    [InlineData("sub")]
    [InlineData("tenant")]
    [InlineData("workspace")]
    [InlineData("decision_id")]
    [InlineData("operation")]
    [InlineData("intent")]
    public void Wrong_claim_is_refused_even_well_signed(string claim)
    {
        var claims = PayloadOf(_token);
        claims[claim] = Other(claims[claim]!);

        Assert.False(Opens(Signed(claims), JudgedChat.Intent, "d1"));
    }

    [Theory]
    [InlineData("exp", 301)]
    [InlineData("exp", -1)]
    [InlineData("iat", 1)]
    public void Life_that_is_too_long_over_or_not_begun_is_refused_even_well_signed(string claim, int by)
    {
        var claims = PayloadOf(_token);
        claims[claim] = (long)claims["iat"]! + by;

        Assert.False(Opens(Signed(claims), JudgedChat.Intent, "d1"));
    }

    [Theory]
    [MemberData(nameof(Claims))]
    public void Missing_claim_is_refused_even_well_signed(string claim)
    {
        var claims = PayloadOf(_token);
        claims.Remove(claim);

        Assert.False(Opens(Signed(claims), JudgedChat.Intent, "d1"));
    }

    [Fact]
    public void Claim_that_nobody_knows_is_refused_even_well_signed()
    {
        var claims = PayloadOf(_token);
        claims["admin"] = true;

        Assert.False(Opens(Signed(claims), JudgedChat.Intent, "d1"));
    }

    [Fact]
    public void Claims_in_another_order_are_refused_even_well_signed()
    {
        var claims = PayloadOf(_token);
        var issuer = claims["iss"]!.DeepClone();
        claims.Remove("iss");
        claims["iss"] = issuer;

        Assert.False(Opens(Signed(claims), JudgedChat.Intent, "d1"));
        Assert.True(Opens(Signed(PayloadOf(_token)), JudgedChat.Intent, "d1"));
    }

    [Fact]
    public void Token_with_long_terms_is_made_and_verified_like_any_other()
    {
        var token = _tokens
            .Mint(JudgedChat.Judgement(Verdict.Allow), JudgedChat.Intent, [.. Enumerable.Repeat("log_detailed", 500)])
            .Compact;

        Assert.True(token.Length > 4096);
        Assert.True(_tokens.Verify(token, JudgedChat.Intent, "d1"));
    }

    [Fact]
    public void Claim_that_is_there_twice_is_refused_even_well_signed()
    {
        var text = PayloadOf(_token).ToJsonString();
        var twice = $$"""{"iss":"gateway",{{text[1..]}}""";

        Assert.False(Opens(Signed(Encoding.UTF8.GetBytes(twice)), JudgedChat.Intent, "d1"));
    }

    [Theory]
    [InlineData("""{"alg":"none","typ":"decision+jwt"}""")]
    [InlineData("""{"alg":"HS512","typ":"decision+jwt"}""")]
    [InlineData("""{"alg":"HS256","typ":"JWT"}""")]
    [InlineData("""{"typ":"decision+jwt","alg":"HS256"}""")]
    [InlineData("""{"alg":"HS256","typ":"decision+jwt","kid":"x"}""")]
    public void Any_other_header_is_refused_even_well_signed(string header)
    {
        var signed = $"{Base64Url.EncodeToString(Encoding.ASCII.GetBytes(header))}.{_token.Split('.')[1]}";

        Assert.False(Opens($"{signed}.{Sign(Key, signed)}", JudgedChat.Intent, "d1"));
        Assert.False(Opens($"{signed}.", JudgedChat.Intent, "d1"));
    }

    [Fact]
    public void Token_with_any_one_character_changed_is_refused()
    {
        for (var i = 0; i < _token.Length; i++)
        {
            var changed = _token.Remove(i, 1).Insert(i, _token[i] == 'A' ? "B" : "A");

            Assert.False(Opens(changed, JudgedChat.Intent, "d1"), $"character {i}");
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a.b.c")]
    [InlineData("not a token")]
    public void What_is_no_token_is_refused(string text) => Assert.False(Opens(text, JudgedChat.Intent, "d1"));

    [Fact]
    public void Token_that_is_cut_short_or_goes_on_is_refused()
    {
        for (var length = 0; length < _token.Length; length++)
        {
            Assert.False(Opens(_token[..length], JudgedChat.Intent, "d1"), $"{length} characters");
        }

        Assert.All(["=", " ", ".", "A", "*", "\n"], more => Assert.False(Opens(_token + more, JudgedChat.Intent, "d1")));
    }

    [Fact]
    public void Token_of_another_key_is_refused()
    {
        var other = new DecisionTokens(Ring([.. Key.Reverse()]), _time);

        Assert.False(other.Verify(Encoding.ASCII.GetBytes(_token), JudgedChat.Intent, "d1"));
    }

    [Fact]
    public void Token_lives_for_five_minutes_to_the_second()
    {
        _time.Advance(DecisionTokens.Lifetime - TimeSpan.FromSeconds(1));
        Assert.True(Opens(_token, JudgedChat.Intent, "d1"));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(Opens(_token, JudgedChat.Intent, "d1"));
    }

    [Fact]
    public void Token_from_a_clock_that_went_back_is_refused()
    {
        _time.Advance(TimeSpan.FromSeconds(-1));

        Assert.False(Opens(_token, JudgedChat.Intent, "d1"));
    }

    [Fact]
    public void Printing_a_token_shows_its_id_only()
    {
        var token = _tokens.Mint(JudgedChat.Judgement(Verdict.Allow), JudgedChat.Intent, []);

        Assert.Equal($"decision token {token.Id}", token.ToString());
    }

    [Fact]
    public void Signature_is_that_of_rfc_7515_appendix_a_1()
    {
        var key = Base64Url.DecodeFromChars("AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow");
        const string Signed =
            "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9."
            + "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";

        Assert.Equal("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", Sign(key, Signed));
    }

    private bool Opens(string token, Intent intent, string decisionId) => _tokens.Verify(Encoding.UTF8.GetBytes(token), intent, decisionId);

    private static string Text(DecisionToken token) => Encoding.ASCII.GetString(token.Compact);

    private static KeyRing Ring(byte[] key) => new(KeyPurpose.DecisionSigning, [new NamedKey("k1", key)]);

    private static JsonObject PayloadOf(string token) => JsonNode.Parse(Base64Url.DecodeFromChars(token.Split('.')[1]))!.AsObject();

    private static string Encode(JsonObject claims) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims.ToJsonString()));

    private string Signed(JsonObject claims) => Signed(Encoding.UTF8.GetBytes(claims.ToJsonString()));

    private string Signed(byte[] payload)
    {
        var signed = $"{_token.Split('.')[0]}.{Base64Url.EncodeToString(payload)}";
        return $"{signed}.{Sign(Key, signed)}";
    }

    private static string Sign(byte[] key, string signed)
    {
        var signature = new byte[43];
        DecisionTokens.Sign(new KeyedHash(key), Encoding.ASCII.GetBytes(signed), signature);
        return Encoding.ASCII.GetString(signature);
    }

    private static JsonNode Other(JsonNode claim) =>
        claim switch
        {
            JsonArray => new JsonArray("nothing"),
            JsonObject => new JsonObject { ["dry_run"] = true },
            JsonValue value when value.TryGetValue<long>(out var number) => number + 1,
            _ => (string)claim! == "x" ? "y" : "x",
        };

    private static Intent Changed(string what)
    {
        var (intent, target) = (JudgedChat.Intent, JudgedChat.Intent.Target);
        return what switch
        {
            "tenant" => intent with { Tenant = Id<Tenant>.Parse("other") },
            "workspace" => intent with { Workspace = Id<Workspace>.Parse("other") },
            "agent" => intent with { Agent = Id<Agent>.Parse("other") },
            "strength" => intent with { Strength = AuthStrength.Bearer },
            "door" => intent with { Door = Door.Tool },
            "connector" => intent with { Connector = Id<Connector>.Parse("other") },
            "operation" => intent with { Operation = Id<Operation>.Parse("other") },
            "model" => intent with { Model = "gpt-4" },
            "no model" => intent with { Model = null },
            "session" => intent with { Session = null },
            "data" => intent with { Data = DataClasses.None },
            "environment" => intent with { Environment = DeploymentEnvironment.Production },
            "hosted tools" => intent with { HostedTools = [Id<Operation>.Parse("web_search")] },
            "method" => intent with { Target = target with { Method = "PUT" } },
            "authority" => intent with { Target = target with { Authority = "http://127.0.0.1:8082" } },
            "path" => intent with { Target = target with { PathAndQuery = "/v1/chat/completions?" } },
            "headers" => intent with { Target = target with { Headers = Sha256Digest.Compute("x:y\n"u8) } },
            _ => intent with { Target = target with { Content = Sha256Digest.Compute("{} "u8) } },
        };
    }
}
