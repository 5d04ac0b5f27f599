using System.Net;
using System.Text.Json;

namespace Gateway.Proxy.Tests.Doors.Models;

public sealed class ModelListTests(OpenDoors doors) : IClassFixture<OpenDoors>
{
    [Fact]
    public async Task OpenAi_clients_see_the_models_that_the_agent_may_use_in_their_shape()
    {
        var (list, ids) = await ListAsync("assistant");

        Assert.Equal("list", list.GetProperty("object").GetString());
        Assert.Equal(["gpt-4.1", "gpt-4o", "gpt-4o-mini", "text-embedding-3-large", "text-embedding-3-small"], ids);
        Assert.All(list.GetProperty("data").EnumerateArray(), m => Assert.Equal("model", m.GetProperty("object").GetString()));
    }

    [Fact]
    public async Task Anthropic_clients_see_theirs_in_theirs()
    {
        var (list, ids) = await ListAsync("assistant", "2023-06-01");

        Assert.Equal(["claude-haiku-4-5", "claude-sonnet-4-5"], ids);
        Assert.False(list.GetProperty("has_more").GetBoolean());
        Assert.Equal((ids[0], ids[^1]), (list.GetProperty("first_id").GetString(), list.GetProperty("last_id").GetString()));
        Assert.All(list.GetProperty("data").EnumerateArray(), m => Assert.Equal("model", m.GetProperty("type").GetString()));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("2023-06-01")]
    public async Task Agent_without_any_permission_sees_an_empty_list(string? version) =>
        Assert.Empty((await ListAsync("blocked", version)).Ids);

    [Fact]
    public async Task Agent_sees_nothing_of_what_others_may_use()
    {
        Assert.DoesNotContain("small-1", (await ListAsync("assistant")).Ids);
        Assert.Contains("small-1", (await ListAsync("prober")).Ids);
    }

    [Fact]
    public async Task Agent_that_isnt_active_gets_no_list()
    {
        using var response = await SendAsync("suspended", null);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Contains("agent_not_active", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_asks_no_provider()
    {
        var before = await doors.Provider.CountAsync();
        await ListAsync("assistant");

        Assert.Equal(before, await doors.Provider.CountAsync());
    }

    [Fact]
    public async Task List_needs_a_proof_like_any_call()
    {
        using var request = doors.Gateway.Request(HttpMethod.Get, "/v1/models");
        using var response = await doors.Gateway.SendAsync(request);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Theory]
    [InlineData("POST", "/v1/models")]
    [InlineData("GET", "/v1/models/")]
    [InlineData("POST", "/v1/models/gpt-4o")]
    public async Task Anything_but_the_list_itself_is_no_door(string method, string path)
    {
        using var response = await doors.SendAsync(
            "assistant",
            doors.Gateway.Request(new HttpMethod(method), path, method == "POST" ? "{}" : null)
        );

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    private async Task<(JsonElement List, List<string> Ids)> ListAsync(string agent, string? version = null)
    {
        using var response = await SendAsync(agent, version);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var list = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        return (list, [.. list.GetProperty("data").EnumerateArray().Select(m => m.GetProperty("id").GetString()!)]);
    }

    private Task<HttpResponseMessage> SendAsync(string agent, string? version)
    {
        var request = doors.Gateway.Request(HttpMethod.Get, "/v1/models?limit=100");
        if (version is not null)
        {
            request.Headers.Add("anthropic-version", version);
        }

        return doors.SendAsync(agent, request);
    }
}
