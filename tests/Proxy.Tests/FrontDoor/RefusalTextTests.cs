using System.Text.Json;
using Gateway.Policy.Model;
using Gateway.Proxy.FrontDoor;
using Gateway.Proxy.Responses;
using Gateway.Proxy.Tests.Doors;

namespace Gateway.Proxy.Tests.FrontDoor;

public sealed class RefusalTextTests
{
    public static TheoryData<ReasonCode> AllReasons => [.. Enum.GetValues<ReasonCode>()];

    [Theory]
    [MemberData(nameof(AllReasons))]
    public void Every_reason_has_its_code_message_and_remedy_in_every_doors_shape(ReasonCode code)
    {
        var reason = Reasons.Of(code);
        var publicCode = reason.Status == 401 ? "unauthenticated" : reason.Code;
        var openAi = Write(Door.OpenAi, new Refusal(code));
        var anthropic = Write(Door.Anthropic, new Refusal(code));
        var problem = Write(Door.Tool, new Refusal(code));

        Assert.Equal(publicCode, openAi.GetProperty("error").GetProperty("code").GetString());
        Assert.Contains(reason.Message, openAi.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, openAi.GetProperty("error").GetProperty("param").ValueKind);
        Assert.Equal("error", anthropic.GetProperty("type").GetString());
        Assert.Contains(publicCode, anthropic.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(
            (reason.Status, reason.Message, publicCode),
            (problem.GetProperty("status").GetInt32(), problem.GetProperty("title").GetString(), problem.GetProperty("code").GetString())
        );
        Assert.All(
            [openAi.GetProperty("gateway"), anthropic.GetProperty("gateway"), problem],
            detail =>
            {
                Assert.Equal(publicCode, detail.GetProperty("code").GetString());
                Assert.Equal(reason.Remedy, detail.GetProperty("remedy").GetString());
                Assert.Equal("block", detail.GetProperty("decision").GetString());
            }
        );
    }

    [Theory]
    [InlineData(ReasonCode.InvalidSignature, "authentication_error", "authentication_error")]
    [InlineData(ReasonCode.ToolNotPermitted, "permission_error", "permission_error")]
    [InlineData(ReasonCode.UnknownModel, "invalid_request_error", "not_found_error")]
    [InlineData(ReasonCode.RequestTooLarge, "invalid_request_error", "request_too_large")]
    [InlineData(ReasonCode.RateLimited, "rate_limit_error", "rate_limit_error")]
    [InlineData(ReasonCode.DependencyUnavailable, "server_error", "overloaded_error")]
    [InlineData(ReasonCode.UpstreamFailed, "server_error", "api_error")]
    [InlineData(ReasonCode.MalformedRequest, "invalid_request_error", "invalid_request_error")]
    public void Kind_of_error_is_the_one_that_the_official_client_raises(ReasonCode code, string openAi, string anthropic)
    {
        Assert.Equal(openAi, Write(Door.OpenAi, new Refusal(code)).GetProperty("error").GetProperty("type").GetString());
        Assert.Equal(anthropic, Write(Door.Anthropic, new Refusal(code)).GetProperty("error").GetProperty("type").GetString());
    }

    [Fact]
    public void Failed_authentications_look_all_the_same()
    {
        foreach (var door in new[] { Door.OpenAi, Door.Anthropic, Door.Tool })
        {
            var texts = Enum.GetValues<ReasonCode>()
                .Where(c => Reasons.Of(c).Status == 401)
                .Select(c => Write(door, new Refusal(c, Detail: $"detail of {c}", Note: "note")).GetRawText())
                .Distinct();

            Assert.Single(texts);
        }
    }

    [Fact]
    public void Note_for_the_journal_is_never_shown_and_the_detail_is()
    {
        var text = Write(Door.OpenAi, new Refusal(ReasonCode.UnsupportedFeature, "Shown to the caller.", "kept inside")).GetRawText();

        Assert.Contains("Shown to the caller.", text, StringComparison.Ordinal);
        Assert.DoesNotContain("kept inside", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Decision_shows_all_its_reasons_and_what_is_missing_with_the_remedy()
    {
        var decision = new Decision
        {
            Verdict = Verdict.RequireApproval,
            Reasons = [ReasonCode.ApprovalRequired, ReasonCode.PlaybookMissing],
            Path =
            [
                new PathEntry(Control.HumanOwner, CheckOutcome.Pass, ReasonCode.None, "", null),
                new PathEntry(Control.IncidentPlaybooks, CheckOutcome.Fail, ReasonCode.PlaybookMissing, "secret inputs", null),
            ],
        };
        var problem = Write(Door.Tool, new Refusal(ReasonCode.ApprovalRequired), decision, "d-1");

        Assert.Equal(
            ("require_approval", "d-1"),
            (problem.GetProperty("decision").GetString(), problem.GetProperty("decision_id").GetString())
        );
        Assert.Equal(["approval_required", "playbook_missing"], problem.GetProperty("reasons").EnumerateArray().Select(r => r.GetString()));
        var missing = Assert.Single(problem.GetProperty("missing_evidence").EnumerateArray());
        Assert.Equal((9, "playbook_missing"), (missing.GetProperty("control").GetInt32(), missing.GetProperty("code").GetString()));
        Assert.DoesNotContain("secret inputs", problem.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Error_event_of_a_stream_is_one_event_in_the_doors_dialect()
    {
        var (openAi, anthropic, tool) = (Event(Door.OpenAi), Event(Door.Anthropic), Event(Door.Tool));

        Assert.StartsWith("data: {\"error\":", openAi, StringComparison.Ordinal);
        Assert.StartsWith("event: error\ndata: {\"type\":\"error\",", anthropic, StringComparison.Ordinal);
        Assert.StartsWith("event: error\ndata: {\"type\":\"about:blank\",", tool, StringComparison.Ordinal);
        Assert.All([openAi, anthropic, tool], text => Assert.Equal(text.Length - 2, text.IndexOf("\n\n", StringComparison.Ordinal)));
        Assert.All([openAi, anthropic, tool], text => Assert.Contains("\"decision\":\"allow\"", text, StringComparison.Ordinal));
        Assert.All([openAi, anthropic, tool], text => Assert.Contains("d-1", text, StringComparison.Ordinal));
    }

    [Fact]
    public void Text_that_a_client_shows_is_complete_by_itself()
    {
        var decided = MessageOf(
            Write(Door.OpenAi, new Refusal(ReasonCode.PolicyRule), id: "d-1", action: "crm/refund", words: "Ask finance.")
        );
        var undecided = MessageOf(Write(Door.OpenAi, new Refusal(ReasonCode.UnsupportedFeature, "The field 'x'."), action: "openai/chat"));
        var unproven = MessageOf(Write(Door.OpenAi, new Refusal(ReasonCode.ExpiredSignature, "never shown"), action: "openai/chat"));

        var later = MessageOf(Write(Door.OpenAi, new Refusal(ReasonCode.RateLimited, RetryAfter: TimeSpan.FromSeconds(1.2)), id: "d-2"));

        Assert.EndsWith(" Retry in 2 s. (rate_limited, d-2)", later, StringComparison.Ordinal);
        Assert.Equal($"crm/refund: Ask finance. {Reasons.Of(ReasonCode.PolicyRule).Remedy} (policy_rule, d-1)", decided);
        var feature = Reasons.Of(ReasonCode.UnsupportedFeature);
        Assert.Equal($"openai/chat: {feature.Message} The field 'x'. {feature.Remedy} (unsupported_feature, r-1)", undecided);
        var expired = Reasons.Of(ReasonCode.ExpiredSignature);
        Assert.Equal($"{expired.Message} {expired.Remedy} (unauthenticated, r-1)", unproven);
    }

    private static string? MessageOf(JsonElement refusal) => refusal.GetProperty("error").GetProperty("message").GetString();

    private static string Event(Door door) =>
        System.Text.Encoding.UTF8.GetString(
            RefusalWriter.ErrorEvent(
                EveryDoor.Of(door),
                new Refusal(ReasonCode.Killed),
                new ResponseMetadata
                {
                    RequestId = "r-1",
                    DecisionId = "d-1",
                    Verdict = Verdict.Allow,
                }
            )
        );

    private static JsonElement Write(
        Door door,
        Refusal refusal,
        Decision? decision = null,
        string? id = null,
        string? action = null,
        string? words = null
    )
    {
        using var body = new MemoryStream();
        RefusalWriter.Write(
            body,
            EveryDoor.Of(door),
            new RefusalText(refusal, decision, new RefusedAction(id ?? "r-1", id, action, words))
        );
        return JsonDocument.Parse(body.ToArray()).RootElement;
    }
}
