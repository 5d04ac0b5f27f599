using System.Net;
using System.Text.Json;
using Gateway.Policy.Model;
using Gateway.Proxy.Tests.Doors;

namespace Gateway.Proxy.Tests.Obligations;

/// <summary>What is done to a request before it goes out, and what goes out of it.</summary>
public sealed class ObligationStageTests(OpenDoors doors) : IClassFixture<OpenDoors>
{
    [Theory]
    [InlineData("cap-lowered-new-name", ",\"max_completion_tokens\":500", "max_completion_tokens", 5)]
    [InlineData("cap-lowered-old-name", ",\"max_tokens\":500", "max_tokens", 5)]
    [InlineData("cap-inserted", "", "max_completion_tokens", 5)]
    [InlineData("cap-for-null", ",\"max_completion_tokens\":null", "max_completion_tokens", 5)]
    [InlineData("cap-not-raised", ",\"max_completion_tokens\":3", "max_completion_tokens", 3)]
    public async Task Token_cap_goes_into_the_field_that_the_call_speaks_of(string word, string more, string field, int tokens)
    {
        using var response = await doors.ChatAsync(word, more, agent: "capped");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("degrade", Assert.Single(response.Headers.GetValues("Gateway-Decision")));
        var seen = await doors.SeenAsync(word);
        Assert.Equal(tokens, BodyOf(seen).GetProperty(field).GetInt32());
        var decision = doors.RecordedOf(response).Decision!.Value;
        Assert.Equal(5, decision.GetProperty("obligations").GetProperty("max_tokens").GetInt32());
        Assert.Contains(
            Sha256Digest.Compute(seen.GetProperty("bodyBase64").GetBytesFromBase64()).ToString(),
            (decision.TryGetProperty("granted", out var granted) ? granted : decision.GetProperty("target"))
                .GetProperty("content_digest")
                .GetString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Token_cap_holds_in_every_dialect()
    {
        using var message = await doors.MessageAsync("cap in messages", agent: "capped");
        using var answer = await doors.ResponsesAsync("cap in responses", agent: "capped");

        Assert.Equal(5, BodyOf(await doors.SeenAsync("cap in messages")).GetProperty("max_tokens").GetInt32());
        Assert.Equal(5, BodyOf(await doors.SeenAsync("cap in responses")).GetProperty("max_output_tokens").GetInt32());
    }

    [Fact]
    public async Task Cap_changes_no_other_byte_of_the_body()
    {
        const string More = """, "max_tokens" : 500 ,"temperature":1.50,"user":"\u00e4"  """;
        using var response = await doors.ChatAsync("cap in place", More, agent: "capped");
        var body = (await doors.SeenAsync("cap in place")).GetProperty("body").GetString()!;

        Assert.EndsWith(""", "max_tokens" : 5 ,"temperature":1.50,"user":"\u00e4"  }""", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Token_cap_of_what_has_no_output_is_met_by_itself()
    {
        using var request = doors.Gateway.Request(
            HttpMethod.Post,
            "/v1/embeddings",
            """{"model":"text-embedding-3-small","input":"capped embedding"}"""
        );
        using var response = await doors.SendAsync("capped", request);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.False(BodyOf(await doors.SeenAsync("capped embedding")).TryGetProperty("max_tokens", out _));
    }

    [Fact]
    public async Task Stream_is_asked_for_its_usage_beside_what_the_caller_wants_of_it()
    {
        using var response = await doors.ChatAsync("usage beside", ",\"stream\":true,\"stream_options\":{\"include_obfuscation\":false}");
        await ReadEvents.AllAsync(response);
        var options = BodyOf(await doors.SeenAsync("usage beside")).GetProperty("stream_options");

        Assert.True(options.GetProperty("include_usage").GetBoolean());
        Assert.False(options.GetProperty("include_obfuscation").GetBoolean());
    }

    [Theory]
    [InlineData("/v1/responses", """{"model":"gpt-4o","input":"state-1","prompt":{"id":"pmpt_1"}}""")]
    [InlineData("/v1/responses", """{"model":"gpt-4o","input":"state-3","background":true}""")]
    [InlineData(
        "/v1/chat/completions",
        """{"model":"gpt-4o","messages":[{"role":"user","content":[{"type":"file","file":{"file_id":"state-5"}}]}]}"""
    )]
    [InlineData(
        "/v1/messages",
        """{"model":"claude-haiku-4-5","max_tokens":9,"messages":[{"role":"user","content":"state-6"}],"container":"c_1"}"""
    )]
    public async Task State_that_the_provider_keeps_is_out_of_reach(string path, string body)
    {
        var before = await doors.Provider.CountAsync();
        using var response = await doors.SendAsync("prober", doors.Gateway.Request(HttpMethod.Post, path, body));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("unsupported_feature", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("false", Assert.Single(response.Headers.GetValues("x-should-retry")));
        Assert.Equal(before, await doors.Provider.CountAsync());
    }

    [Fact]
    public async Task Dry_run_of_a_chat_answers_in_its_shape_and_sends_nothing()
    {
        using var response = await doors.ChatAsync("dry chat", agent: "trial");
        var answer = await JsonAsync(response);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("chat.completion", answer.GetProperty("object").GetString());
        Assert.Equal("", answer.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString());
        Assert.Equal(0, answer.GetProperty("usage").GetProperty("completion_tokens").GetInt32());
        await AssertDryAsync(response, answer, "dry chat", "chat");
    }

    [Fact]
    public async Task Dry_run_of_a_message_answers_in_its_shape_and_sends_nothing()
    {
        using var response = await doors.MessageAsync("dry message", agent: "trial");
        var answer = await JsonAsync(response);

        Assert.Equal("message", answer.GetProperty("type").GetString());
        Assert.Equal(0, answer.GetProperty("content").GetArrayLength());
        Assert.Equal("end_turn", answer.GetProperty("stop_reason").GetString());
        await AssertDryAsync(response, answer, "dry message", "messages");
    }

    [Fact]
    public async Task Dry_run_of_a_tool_says_what_would_have_been_sent()
    {
        const string Body = """{"dry":"tool"}""";
        using var response = await doors.SendAsync("trial", doors.Gateway.Request(HttpMethod.Post, "/tools/odd/dry?x=1", Body));
        var answer = await JsonAsync(response);

        var gateway = answer.GetProperty("gateway");
        Assert.Equal(("POST", "/base/dry?x=1"), (gateway.GetProperty("method").GetString(), gateway.GetProperty("path").GetString()));
        Assert.Equal(
            Sha256Digest.Compute(System.Text.Encoding.UTF8.GetBytes(Body)).ToString(),
            gateway.GetProperty("content_sha256").GetString()
        );
        await AssertDryAsync(response, answer, "/base/dry", "post");
    }

    [Theory]
    [InlineData("/v1/chat/completions", """{"model":"gpt-4o","stream":true,"messages":[{"role":"user","content":"dry-refused"}]}""")]
    [InlineData("/v1/responses", """{"model":"gpt-4o","input":"dry-refused"}""")]
    [InlineData("/v1/embeddings", """{"model":"text-embedding-3-small","input":"dry-refused"}""")]
    [InlineData("/v1/messages/count_tokens", """{"model":"claude-haiku-4-5","messages":[{"role":"user","content":"dry-refused"}]}""")]
    public async Task Dry_run_of_what_has_no_honest_answer_is_refused(string path, string body)
    {
        using var response = await doors.SendAsync("trial", doors.Gateway.Request(HttpMethod.Post, path, body));

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Contains("obligation_unmet", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("refused", doors.RecordedOf(response).Outcome!.Value.GetProperty("status").GetString());
        Assert.Empty(await doors.AllSeenAsync("dry-refused"));
    }

    private async Task AssertDryAsync(HttpResponseMessage response, JsonElement answer, string word, string operation)
    {
        Assert.True(answer.GetProperty("gateway").GetProperty("dry_run").GetBoolean());
        Assert.Equal(operation, answer.GetProperty("gateway").GetProperty("operation").GetString());
        Assert.Equal("degrade", Assert.Single(response.Headers.GetValues("Gateway-Decision")));
        Assert.Empty(await doors.AllSeenAsync(word));
        var recorded = doors.RecordedOf(response);
        Assert.True(recorded.Decision!.Value.GetProperty("obligations").GetProperty("dry_run").GetBoolean());
        Assert.False(recorded.Decision.Value.TryGetProperty("token_id", out _));
        Assert.Equal("completed", recorded.Outcome!.Value.GetProperty("status").GetString());
        Assert.False(recorded.Outcome.Value.TryGetProperty("http_status", out _));
    }

    private static JsonElement BodyOf(JsonElement seen) => JsonDocument.Parse(seen.GetProperty("body").GetString()!).RootElement;

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage response) =>
        JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
}
