using Gateway.Connectors.Vaults;
using Gateway.Policy.Model;
using Gateway.Proxy.Decisions;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Proxy.Tests.Decisions;

public sealed class DecisionTokensTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(1, NamedKey.Length).Select(i => (byte)i)];

    private readonly FakeTimeProvider _time = new();
    private readonly DecisionTokens _tokens;
    private readonly DecisionToken _token;

    public DecisionTokensTests()
    {
        _tokens = new DecisionTokens(Ring(Key), _time);
        _token = _tokens.Mint(JudgedChat.Judgement(Verdict.Allow), JudgedChat.Intent);
    }

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
            "definition",
            "mcp method",
            "mcp name",
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
        Assert.Throws<InvalidOperationException>(() => _tokens.Mint(JudgedChat.Judgement(verdict), JudgedChat.Intent));
        Assert.NotNull(_tokens.Mint(JudgedChat.Judgement(Verdict.Degrade), JudgedChat.Intent));
    }

    [Fact]
    public void Token_that_says_anything_else_opens_nothing()
    {
        Assert.Equal(300, _token.Expires - _token.Issued);
        Assert.All(
            [
                _token with
                {
                    Id = "x" + _token.Id[1..],
                },
                _token with
                {
                    Issued = _token.Issued - 1,
                },
                _token with
                {
                    Expires = _token.Expires - 1,
                },
                _token with
                {
                    Revision = Sha256Digest.Compute("another"u8),
                },
            ],
            other => Assert.False(Opens(other, JudgedChat.Intent, "d1"), other.ToString())
        );
    }

    [Fact]
    public void Token_with_any_one_bit_of_its_code_changed_opens_nothing()
    {
        var code = new byte[Sha256Digest.Length];
        for (var bit = 0; bit < 8 * code.Length; bit++)
        {
            _token.Code.CopyTo(code);
            code[bit / 8] ^= (byte)(1 << (bit % 8));

            Assert.False(Opens(_token with { Code = new Sha256Digest(code) }, JudgedChat.Intent, "d1"), $"bit {bit}");
        }
    }

    [Fact]
    public void Token_without_a_code_opens_nothing() =>
        Assert.False(Opens(new DecisionToken(_token.Id, _token.Issued, _token.Expires, _token.Revision), JudgedChat.Intent, "d1"));

    /// <summary>Two calls of one agent for the same thing: the one's grant doesn't open the other.</summary>
    [Fact]
    public void Token_of_another_decision_about_the_same_intent_opens_nothing()
    {
        var judgement = JudgedChat.Judgement(Verdict.Allow) with { DecisionId = "d2" };

        Assert.False(Opens(_tokens.Mint(judgement, JudgedChat.Intent), JudgedChat.Intent, "d1"));
    }

    [Fact]
    public async Task Tokens_made_at_once_open_each_its_own_intent()
    {
        var judgement = JudgedChat.Judgement(Verdict.Allow);
        var all = await Task.WhenAll(
            Enumerable
                .Range(1, 64)
                .Select(i =>
                    Task.Run(() =>
                    {
                        var intent = JudgedChat.Intent with { Model = new string('x', i * 50) };
                        return (intent, Token: _tokens.Mint(judgement, intent));
                    })
                )
        );

        Assert.All(all, made => Assert.True(Opens(made.Token, made.intent, "d1")));
        Assert.All(all, made => Assert.False(Opens(made.Token, JudgedChat.Intent, "d1")));
        Assert.Equal(64, all.Select(made => made.Token.Id).Distinct().Count());
    }

    [Fact]
    public void Token_of_another_key_is_refused()
    {
        var other = new DecisionTokens(Ring([.. Key.Reverse()]), _time);

        Assert.False(other.Verify(_token, JudgedChat.Intent, JudgedChat.Intent.Target, "d1"));
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
        _time.AdjustTime(_time.GetUtcNow().AddSeconds(-1));

        Assert.False(Opens(_token, JudgedChat.Intent, "d1"));
    }

    [Fact]
    public void Printing_a_token_shows_its_id_only() => Assert.Equal($"decision token {_token.Id}", _token.ToString());

    private bool Opens(DecisionToken token, Intent intent, string decisionId) => _tokens.Verify(token, intent, intent.Target, decisionId);

    private static KeyRing Ring(byte[] key) => new(KeyPurpose.DecisionSigning, [new NamedKey("k1", key)]);

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
            "definition" => intent with { Definition = default(Sha256Digest) },
            "mcp method" => intent with { McpMethod = "" },
            "mcp name" => intent with { McpName = "" },
            "method" => intent with { Target = target with { Method = "PUT" } },
            "authority" => intent with { Target = target with { Authority = "http://127.0.0.1:8082" } },
            "path" => intent with { Target = target with { PathAndQuery = "/v1/chat/completions?" } },
            "headers" => intent with { Target = target with { Headers = Sha256Digest.Compute("x:y\n"u8) } },
            _ => intent with { Target = target with { Content = Sha256Digest.Compute("{} "u8) } },
        };
    }
}
