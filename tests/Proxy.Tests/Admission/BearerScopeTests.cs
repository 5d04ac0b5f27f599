using System.Net;
using Gateway.Proxy.Tests.Doors;

namespace Gateway.Proxy.Tests.Admission;

/// <summary>What a bearer key opens: models, and tools only where its agent's document says so.</summary>
public sealed class BearerScopeTests(OpenDoors doors) : IClassFixture<OpenDoors>
{
    [Fact]
    public async Task Bearer_opens_models_and_no_tools()
    {
        using var model = await doors.ChatAsync("bearer scope", agent: "assistant");
        using var tool = await doors.SendAsync("assistant", doors.Gateway.Request(HttpMethod.Get, "/tools/crm/contacts"));

        Assert.Equal(HttpStatusCode.OK, model.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, tool.StatusCode);
        Assert.Contains("bearer_not_allowed", await tool.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bearer_opens_tools_where_the_agents_document_says_so()
    {
        doors.Upstream.Answer("bearer-tool", "HTTP/1.1 204 No Content\r\n\r\n");
        using var tool = await doors.ToolAsync(HttpMethod.Get, "/tools/odd/bearer-tool");

        Assert.Equal(HttpStatusCode.NoContent, tool.StatusCode);
        Assert.Equal("bearer", doors.RecordedOf(tool).Decision!.Value.GetProperty("auth_strength").GetString());
    }

    [Theory]
    [InlineData("/v1/chat/completions", "Authorization")]
    [InlineData("/v1/chat/completions", "x-api-key")]
    [InlineData("/v1/chat/completions", "api-key")]
    [InlineData("/v1/messages", "Authorization")]
    [InlineData("/v1/messages", "x-api-key")]
    [InlineData("/v1/messages", "api-key")]
    public async Task Key_is_taken_from_any_of_its_headers_on_either_door(string path, string header)
    {
        using var response = await SendAsync(
            path,
            (header, header == "Authorization" ? $"Bearer {await doors.KeyOfAsync("assistant")}" : await doors.KeyOfAsync("assistant"))
        );

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Two_of_them_are_refused()
    {
        var key = await doors.KeyOfAsync("assistant");
        using var response = await SendAsync("/v1/messages", ("Authorization", $"Bearer {key}"), ("x-api-key", key));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("ambiguous_request", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private async Task<HttpResponseMessage> SendAsync(string path, params (string Name, string Value)[] headers)
    {
        var model = path == "/v1/messages" ? "claude-haiku-4-5" : "gpt-4o";
        var request = doors.Gateway.Request(
            HttpMethod.Post,
            path,
            $$"""{"model":"{{model}}","max_tokens":9,"messages":[{"role":"user","content":"hello"}]}"""
        );
        request.Headers.Add("anthropic-version", "2023-06-01");
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await doors.Gateway.SendAsync(request);
    }
}
