using System.Net;
using System.Text.Json;

namespace Gateway.Proxy.Tests.Doors.Models;

/// <summary>What official clients send beside the body, and ask for beside an answer.</summary>
public sealed class DialectSurfaceTests(KeptDoors doors) : IClassFixture<KeptDoors>
{
    private const string Message = """{"model":"claude-sonnet-4-5","max_tokens":8,"messages":[{"role":"user","content":"WORD"}]}""";

    private static readonly (string, string) Version = ("anthropic-version", "2023-06-01");

    [Fact]
    public async Task Harmless_betas_go_on_and_others_are_told()
    {
        using var response = await doors.SendAsync(
            "ada",
            HttpMethod.Post,
            "/v1/messages?beta=true",
            Message.Replace("WORD", "some betas", StringComparison.Ordinal),
            headers: [Version, ("anthropic-beta", "claude-code-20250219,code-execution-2025-08-25,context-management-2025-06-27")]
        );

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("code-execution", Assert.Single(response.Headers.GetValues("Gateway-Dropped")));
        Assert.Equal("claude-code-20250219,context-management-2025-06-27", await SentAsync("some betas", "anthropic-beta"));
    }

    [Fact]
    public async Task Beta_that_is_all_of_the_header_takes_the_header_with_it()
    {
        using var response = await doors.SendAsync(
            "ada",
            HttpMethod.Post,
            "/v1/messages",
            Message.Replace("WORD", "no betas left", StringComparison.Ordinal),
            headers: [Version, ("anthropic-beta", "files-api-2025-04-14")]
        );

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Null(await SentAsync("no betas left", "anthropic-beta"));
    }

    [Fact]
    public async Task Account_that_the_client_names_is_left_out()
    {
        using var response = await doors.SendAsync(
            "ada",
            HttpMethod.Post,
            "/v1/chat/completions",
            """{"model":"gpt-4o","messages":[{"role":"user","content":"an account"}]}""",
            headers: [("OpenAI-Organization", "org-1"), ("OpenAI-Project", "proj_1")]
        );

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("openai-organization, openai-project", Assert.Single(response.Headers.GetValues("Gateway-Dropped")));
        Assert.Null(await SentAsync("an account", "openai-organization"));
    }

    [Theory]
    [InlineData("gpt-4o", HttpStatusCode.OK)]
    [InlineData("kept-1", HttpStatusCode.OK)]
    [InlineData("kept%2D1", HttpStatusCode.OK)]
    [InlineData("no-such-model", HttpStatusCode.NotFound)]
    [InlineData("capped-1", HttpStatusCode.NotFound)]
    [InlineData("claude-sonnet-4-5", HttpStatusCode.NotFound)]
    public async Task Model_is_described_to_whoever_may_call_it(string name, HttpStatusCode status)
    {
        using var response = await doors.SendAsync("ada", HttpMethod.Get, $"/v1/models/{name}");

        Assert.Equal(status, response.StatusCode);
        var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        Assert.True(answer.TryGetProperty(status == HttpStatusCode.OK ? "owned_by" : "error", out _));
    }

    [Fact]
    public async Task Anthropics_clients_get_a_model_in_their_shape()
    {
        using var response = await doors.SendAsync("ada", HttpMethod.Get, "/v1/models/claude-sonnet-4-5", headers: Version);

        var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal("model", answer.GetProperty("type").GetString());
    }

    [Theory]
    [InlineData("/v1/realtime")]
    [InlineData("/v1/responses")]
    public async Task Client_that_wants_a_WebSocket_is_told_what_to_send_instead(string path)
    {
        using var response = await doors.SendAsync("ada", HttpMethod.Get, path, headers: [("Upgrade", "websocket")]);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains("WebSockets", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/chat/completions", "lacks '/v1'")]
    [InlineData("/v1/v1/responses", "'/v1' once too often")]
    [InlineData("/openai/v1/chat/completions", "more than '/v1'")]
    [InlineData("/v1/audio/speech", "docs/http.md")]
    public async Task Path_that_no_door_knows_is_refused_in_the_dialect_with_what_is_meant(string path, string hint)
    {
        using var response = await doors.SendAsync("ada", HttpMethod.Post, path, "{}");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        var error = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("error");
        Assert.Equal("unknown_door", error.GetProperty("code").GetString());
        Assert.Contains(hint, error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Input_is_counted_without_being_charged()
    {
        using var response = await doors.SendAsync(
            "ada",
            HttpMethod.Post,
            "/v1/responses/input_tokens",
            """{"model":"kept-1","input":"how many"}"""
        );

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private async Task<string?> SentAsync(string word, string header)
    {
        var seen = (await doors.Provider.SeenAsync()).Single(request =>
            request.GetProperty("body").GetString()!.Contains(word, StringComparison.Ordinal)
        );
        return seen.GetProperty("headers").TryGetProperty(header, out var values) ? values[0].GetString() : null;
    }
}
