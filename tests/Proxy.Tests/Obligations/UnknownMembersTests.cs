using System.Net;
using System.Text;
using Gateway.Policy.Model;
using static Gateway.Proxy.Tests.Obligations.ReducedDoors;

namespace Gateway.Proxy.Tests.Obligations;

/// <summary>Members of a model call that its dialect doesn't know never go out; whether the rest does is the connector's to say.</summary>
public sealed class UnknownMembersTests(ReducedDoors doors) : IClassFixture<ReducedDoors>
{
    [Fact]
    public async Task Unknown_members_are_left_out_and_told_and_every_other_byte_stays()
    {
        using var response = await doors.SendAsync(
            "half-known",
            HttpMethod.Post,
            "/v1/chat/completions",
            """{ "sudo" : {"a":[1,"}"]}, "model":"gpt-4o","n":1 ,"messages":[{"role":"user","content":"unknown-1"}], "\u0073kip_all":true }"""
        );

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(
            """{ "model":"gpt-4o","n":1 ,"messages":[{"role":"user","content":"unknown-1"}] }""",
            Assert.Single(await doors.SeenAsync("unknown-1"))
        );
        Assert.Equal("sudo, skip_all", Assert.Single(response.Headers.GetValues("Gateway-Dropped")));
        var decision = doors.DecisionOf(response);
        Assert.Equal(["unknown_dropped"], Met(decision));
        Assert.Equal(
            Sha256Digest.Compute(Encoding.UTF8.GetBytes(Assert.Single(await doors.SeenAsync("unknown-1")))).ToString(),
            decision.GetProperty("granted").GetProperty("content_digest").GetString()
        );
    }

    [Fact]
    public async Task Name_that_could_hold_something_else_is_not_repeated()
    {
        using var response = await doors.ChatAsync("half-known", "unknown-2", ""","sk-proj-abcDEF0123456789":1,"Model":"gpt-4o-mini" """);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("?, ?", Assert.Single(response.Headers.GetValues("Gateway-Dropped")));
        Assert.DoesNotContain("sk-proj", Assert.Single(await doors.SeenAsync("unknown-2")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_members_go_before_any_obligation_is_met()
    {
        using var response = await doors.ChatAsync("redactor", "unknown-3 bob@example.com", ""","bob@example.com":1""");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.DoesNotContain("bob@", Assert.Single(await doors.SeenAsync("unknown-3")), StringComparison.Ordinal);
        Assert.Equal(["unknown_dropped", "redact_request"], Met(doors.DecisionOf(response)));
    }

    [Fact]
    public async Task Connector_can_refuse_the_call_instead()
    {
        using var response = await doors.ChatAsync("half-known", "unknown-4", ""","sudo":true""", "strict-1");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var text = await response.Content.ReadAsStringAsync();
        Assert.Contains("unknown_field", text, StringComparison.Ordinal);
        Assert.Contains("sudo", text, StringComparison.Ordinal);
        Assert.Empty(await doors.SeenAsync("unknown-4"));
    }

    [Fact]
    public async Task Members_of_a_credential_are_refused_all_the_same()
    {
        using var response = await doors.ChatAsync("half-known", "unknown-5", ""","api_key":"x","sudo":true""");

        Assert.Contains("provider_credentials_in_request", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(await doors.SeenAsync("unknown-5"));
    }

    [Theory]
    [InlineData("?beta=true", HttpStatusCode.OK)]
    [InlineData("?", HttpStatusCode.OK)]
    [InlineData("?beta=false", HttpStatusCode.BadRequest)]
    [InlineData("?beta=true&beta=true", HttpStatusCode.BadRequest)]
    [InlineData("?beta=TRUE", HttpStatusCode.BadRequest)]
    public async Task Query_of_the_dialect_goes_on_and_no_other(string query, HttpStatusCode status)
    {
        var word = $"query-{Convert.ToHexString(Encoding.UTF8.GetBytes(query))}";
        using var response = await doors.SendAsync(
            "half-known",
            HttpMethod.Post,
            $"/v1/messages{query}",
            $$"""{"model":"claude-sonnet-4-5","max_tokens":8,"messages":[{"role":"user","content":"{{word}}"}]}"""
        );

        Assert.Equal(status, response.StatusCode);
        var seen = (await doors.Provider.SeenAsync()).Where(s =>
            s.GetProperty("body").GetString()!.Contains(word, StringComparison.Ordinal)
        );
        Assert.Equal(
            status == HttpStatusCode.OK ? [query == "?" ? "/anthropic/v1/messages" : "/anthropic/v1/messages?beta=true"] : [],
            seen.Select(s => s.GetProperty("target").GetString())
        );
    }

    [Fact]
    public async Task Other_dialects_have_no_query()
    {
        using var response = await doors.SendAsync("half-known", HttpMethod.Post, "/v1/chat/completions?beta=true", "{}");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }
}
