using System.Net;
using System.Text.Json;
using Gateway.Policy.Model;
using static Gateway.Proxy.Tests.Obligations.ReducedDoors;

namespace Gateway.Proxy.Tests.Obligations;

/// <summary>Obligations that change what is sent: what goes out is the reduced action, and what can't be reduced doesn't.</summary>
public sealed class ReducedRequestTests(ReducedDoors doors) : IClassFixture<ReducedDoors>
{
    [Fact]
    public async Task Redacted_prompt_leaves_without_what_was_found_and_is_bound_and_recorded_so()
    {
        using var response = await doors.ChatAsync(
            "redactor",
            "redact-1 write to bob@example.com, card 4111 1111 1111 1111",
            ""","user":"sk-proj-abcDEF0123456789" """
        );

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var sent = Assert.Single(await doors.SeenAsync("redact-1"));
        Assert.Contains("write to [redacted:email], card [redacted:card]", sent, StringComparison.Ordinal);
        Assert.Contains("\"user\":\"[redacted:secret]\"", sent, StringComparison.Ordinal);
        var decision = doors.DecisionOf(response);
        Assert.Equal(["redact_request"], Met(decision));
        Assert.Equal(Digest(sent), decision.GetProperty("granted").GetProperty("content_digest").GetString());
        Assert.NotEqual(Digest(sent), decision.GetProperty("target").GetProperty("content_digest").GetString());
        Assert.True(decision.TryGetProperty("token_id", out _));
    }

    [Fact]
    public async Task Redacted_stream_of_a_prompt_goes_out_and_comes_back()
    {
        using var response = await doors.ChatAsync("redactor", "redact-stream bob@example.com", ""","stream":true""");

        Assert.Contains("data: [DONE]", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("bob@", Assert.Single(await doors.SeenAsync("redact-stream")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prompt_without_a_find_goes_out_as_it_is()
    {
        using var response = await doors.ChatAsync("redactor", "redact-nothing");

        Assert.Equal(
            """{"model":"gpt-4o","messages":[{"role":"user","content":"redact-nothing"}]}""",
            Assert.Single(await doors.SeenAsync("redact-nothing"))
        );
        Assert.False(doors.DecisionOf(response).TryGetProperty("granted", out _));
        Assert.Equal(["redact_request"], Met(doors.DecisionOf(response)));
    }

    [Fact]
    public async Task Field_of_a_tools_arguments_is_replaced()
    {
        var script = doors.Upstream.Expect("redact-field");
        var sending = doors.SendAsync("redactor", HttpMethod.Post, "/tools/rows/put", """{"note":"redact-field","ssn":{"n":1}}""");
        var connection = await script.ConnectionAsync();
        await connection.EndAsync("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
        using var response = await sending;

        Assert.Equal("""{"note":"redact-field","ssn":"[redacted:field]"}""", connection.Body);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData("redactor", "/tools/rows/list?mail=bob%40example.com", null, "the path, the query or a header")]
    [InlineData("redactor", "/tools/rows/list?q=4111+1111+1111+1111", null, "the path, the query or a header")]
    [InlineData("redactor", "/tools/rows/items/bob@example.com", null, "the path, the query or a header")]
    [InlineData("redactor", "/tools/rows/put", """{"bob@example.com":"unmet-name"}""", "holds in a name")]
    public async Task What_cannot_be_redacted_is_refused(string agent, string path, string? body, string why)
    {
        using var response = await doors.SendAsync(agent, body is null ? HttpMethod.Get : HttpMethod.Post, path, body);

        await doors.AssertUnmetAsync(response, why, "unmet-name");
    }

    [Fact]
    public async Task Body_that_is_not_JSON_is_refused()
    {
        using var request = doors.Gateway.Request(HttpMethod.Post, "/tools/rows/put");
        request.Content = new StringContent("plain text, redact-plain");
        request.Headers.Add("Authorization", $"Bearer {await doors.Gateway.NewBearerAsync("redactor")}");
        using var response = await doors.Gateway.SendAsync(request);

        await doors.AssertUnmetAsync(response, "not JSON", "redact-plain");
    }

    [Fact]
    public async Task Redaction_that_leaves_no_call_is_refused() =>
        await doors.AssertUnmetAsync(
            await doors.ChatAsync("field-redactor", "no-call-left"),
            "nothing that can be sent is left",
            "no-call-left"
        );

    [Fact]
    public async Task Lesser_model_is_asked_and_both_are_on_record()
    {
        using var response = await doors.ChatAsync("downgraded", "downgrade-1", ""","max_tokens":500""");

        var sent = JsonDocument.Parse(Assert.Single(await doors.SeenAsync("downgrade-1"))).RootElement;
        Assert.Equal(("gpt-4o-mini", 7), (sent.GetProperty("model").GetString(), sent.GetProperty("max_tokens").GetInt32()));
        var decision = doors.DecisionOf(response);
        Assert.Equal(
            ("gpt-4o-mini", "gpt-4o"),
            (decision.GetProperty("granted").GetProperty("model").GetString(), decision.GetProperty("model").GetString())
        );
        Assert.Equal(["model_downgrade", "max_tokens"], Met(decision));
    }

    [Theory]
    [InlineData("downgraded-to-none", "gpt-4o", "doesn't offer the model")]
    [InlineData("downgraded-elsewhere", "gpt-4o", "doesn't offer the model")]
    [InlineData("downgraded-to-blocked", "gpt-4.1", "not allowed either")]
    [InlineData("torn", "gpt-4.1", "two models are demanded")]
    public async Task Model_that_cannot_be_asked_instead_refuses(string agent, string model, string why) =>
        await doors.AssertUnmetAsync(await doors.ChatAsync(agent, $"unmet-{agent}.", model: model), why, $"unmet-{agent}.");

    [Theory]
    [InlineData("max_tokens")]
    [InlineData("model_downgrade")]
    [InlineData("strip_tools")]
    public async Task Obligation_of_a_model_call_refuses_a_tools(string name)
    {
        var agent = name == "strip_tools" ? "bare" : "downgraded";
        using var response = await doors.SendAsync(agent, HttpMethod.Post, "/tools/rows/put", """{"x":"no-model-call"}""");

        await doors.AssertUnmetAsync(response, "it is no model call", "no-model-call");
        Assert.Contains(
            name == "max_tokens" ? "model_downgrade" : name,
            await response.Content.ReadAsStringAsync(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Chat_loses_all_its_tools_and_what_chooses_among_them()
    {
        const string Tools =
            ""","tools":[{"type":"function","function":{"name":"a","parameters":{}}}],"tool_choice":"required","parallel_tool_calls":true,"functions":[{"name":"b"}],"temperature":1""";
        using var response = await doors.ChatAsync("bare", "strip-chat", Tools);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(
            """{"model":"gpt-4o","messages":[{"role":"user","content":"strip-chat"}],"temperature":1}""",
            Assert.Single(await doors.SeenAsync("strip-chat"))
        );
    }

    [Fact]
    public async Task Message_loses_all_its_tools_and_servers()
    {
        using var response = await doors.SendAsync(
            "bare",
            HttpMethod.Post,
            "/v1/messages",
            """
            {"tools":[{"name":"a","input_schema":{"type":"object"}}],"tool_choice":{"type":"any"},"model":"claude-sonnet-4-5","max_tokens":9,"messages":[{"role":"user","content":"strip-message"}]}
            """
        );

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(["model", "max_tokens", "messages"], NamesOf(Assert.Single(await doors.SeenAsync("strip-message"))));
    }

    [Fact]
    public async Task Named_tools_go_hosted_ones_too_and_the_others_stay()
    {
        using var response = await doors.SendAsync(
            "no-search",
            HttpMethod.Post,
            "/v1/responses",
            """
            {"model":"searching-1","input":"strip-named","tools":[{"type":"web_search"},{"type":"function","name":"keep_me","parameters":{"name":"delete_all"}},{"type":"function","name":"delete_all"}],
             "tool_choice":{"type":"function","name":"delete_all"}}
            """
        );

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var sent = JsonDocument.Parse(Assert.Single(await doors.SeenAsync("strip-named"))).RootElement;
        Assert.Equal("keep_me", Assert.Single(sent.GetProperty("tools").EnumerateArray()).GetProperty("name").GetString());
        Assert.Equal("none", sent.GetProperty("tool_choice").GetString());
        var decision = doors.DecisionOf(response);
        Assert.Empty(decision.GetProperty("granted").GetProperty("hosted_tools").EnumerateArray());
        Assert.Equal("web_search", Assert.Single(decision.GetProperty("hosted_tools").EnumerateArray()).GetString());
    }

    [Fact]
    public async Task Tools_in_the_conversation_cannot_be_stripped() =>
        await doors.AssertUnmetAsync(
            await doors.SendAsync(
                "bare",
                HttpMethod.Post,
                "/v1/responses",
                """{"model":"gpt-4o","input":[{"type":"x","content":"strip-inside","tools":[{"type":"function","name":"a"}]}]}"""
            ),
            "tools stand where they can't be taken out",
            "strip-inside"
        );

    private static string Digest(string body) => Sha256Digest.Compute(System.Text.Encoding.UTF8.GetBytes(body)).ToString();

    private static IEnumerable<string> NamesOf(string json) =>
        JsonDocument.Parse(json).RootElement.EnumerateObject().Select(member => member.Name);
}
