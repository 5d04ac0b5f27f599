using System.Net;
using System.Text.Json;
using Gateway.Connectors.Models;

namespace Gateway.Proxy.Tests.Doors.Models;

/// <summary>A conversation is its agent's own, at every replica; no model says which provider keeps it.</summary>
public sealed class KeptConversationsTests(KeptDoors doors) : IClassFixture<KeptDoors>
{
    private const string Said = """{"items":[{"role":"user","content":"said before"}],"metadata":{"a":"b"}}""";

    [Fact]
    public async Task Agent_makes_one_talks_in_it_and_reads_it_at_any_replica()
    {
        var id = IdOf(await AnswerAsync("cleo", HttpMethod.Post, "/v1/conversations", Said));
        var more = """{"items":[{"role":"user","content":"said later"}]}""";
        await AnswerAsync("cleo", HttpMethod.Post, $"/v1/conversations/{id}/items", more);
        var answer = await doors.AnswerAsync("cleo", "asked inside", $",\"conversation\":\"{id}\"", doors.Second);

        var items = await AnswerAsync("cleo", HttpMethod.Get, $"/v1/conversations/{id}/items?order=asc&limit=100", at: doors.Second);
        var shown = await AnswerAsync("cleo", HttpMethod.Get, $"/v1/conversations/{id}");

        Assert.Contains(OwnedIds.Mark, id, StringComparison.Ordinal);
        Assert.StartsWith(
            id[..id.IndexOf(OwnedIds.Mark, StringComparison.Ordinal)],
            IdOf(answer.GetProperty("conversation")),
            StringComparison.Ordinal
        );
        Assert.Contains("said before", items.GetRawText(), StringComparison.Ordinal);
        Assert.Contains("said later", items.GetRawText(), StringComparison.Ordinal);
        Assert.Contains("asked inside", items.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(id, IdOf(shown));
        Assert.Equal("b", shown.GetProperty("metadata").GetProperty("a").GetString());
    }

    [Fact]
    public async Task Nobody_else_finds_it()
    {
        var id = IdOf(await AnswerAsync("cleo", HttpMethod.Post, "/v1/conversations", Said));
        var plain = id[..id.IndexOf(OwnedIds.Mark, StringComparison.Ordinal)];
        var before = await doors.Provider.CountAsync();

        foreach (
            var (agent, asked) in new[] { ("dora", id), ("ada", id), ("cleo", plain), ("cleo", id[..^1]), ("cleo", plain + OwnedIds.Mark) }
        )
        {
            await AssertUnknownAsync(agent, HttpMethod.Get, $"/v1/conversations/{asked}");
            await AssertUnknownAsync(agent, HttpMethod.Post, $"/v1/conversations/{asked}", "{}");
            await AssertUnknownAsync(agent, HttpMethod.Delete, $"/v1/conversations/{asked}");
            await AssertUnknownAsync(agent, HttpMethod.Get, $"/v1/conversations/{asked}/items");
            await AssertUnknownAsync(agent, HttpMethod.Post, $"/v1/conversations/{asked}/items", Said);
        }

        // What another agent had kept can't be put into one's own either.
        var item = (await doors.AnswerAsync("cleo", "cleos own")).GetProperty("output")[0].GetProperty("id").GetString();
        var own = IdOf(await AnswerAsync("dora", HttpMethod.Post, "/v1/conversations", "{}"));
        await AssertUnknownAsync(
            "dora",
            HttpMethod.Post,
            $"/v1/conversations/{own}/items",
            $$"""{"items":[{"type":"item_reference","id":"{{item}}"}]}"""
        );
        Assert.Equal(before + 2, await doors.Provider.CountAsync());
    }

    /// <summary>Else a list would give out somebody else's id as the agent's own.</summary>
    [Fact]
    public async Task Ids_that_come_into_a_conversation_were_given_to_the_agent_and_come_out_as_its_own()
    {
        const string Smuggled = """{"type":"message","role":"user","id":"msg_1","content":"x"}""";
        var id = IdOf(await AnswerAsync("cleo", HttpMethod.Post, "/v1/conversations", Said));
        var asked = $$"""{"model":"kept-1","input":[{{Smuggled}}],"conversation":"{{id}}"}""";
        await AssertUnknownAsync("cleo", HttpMethod.Post, "/v1/responses", asked);
        await AssertUnknownAsync("cleo", HttpMethod.Post, "/v1/conversations", $$"""{"items":[{{Smuggled}}]}""");
        await AssertUnknownAsync("cleo", HttpMethod.Post, $"/v1/conversations/{id}/items", $$"""{"items":[{{Smuggled}}]}""");

        var items = (await AnswerAsync("cleo", HttpMethod.Get, $"/v1/conversations/{id}/items")).GetProperty("data");
        var item = IdOf(items[0]);
        await AnswerAsync("cleo", HttpMethod.Get, $"/v1/conversations/{id}/items?after={item}&limit=1", at: doors.Second);
        await AssertUnknownAsync("cleo", HttpMethod.Get, $"/v1/conversations/{id}/items?after={item[..^1]}{(item[^1] == 'A' ? 'B' : 'A')}");
        using var again = await doors.SendAsync(
            "cleo",
            HttpMethod.Post,
            "/v1/responses",
            $$"""{"model":"kept-1","input":[{"type":"item_reference","id":"{{item}}"},{"role":"user","content":"after the list"}]}"""
        );

        Assert.Contains(OwnedIds.Mark, item, StringComparison.Ordinal);
        var plain = item[..item.IndexOf(OwnedIds.Mark, StringComparison.Ordinal)];
        Assert.Contains($"\"id\":\"{plain}\"", Assert.Single(await doors.SeenAsync("after the list")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_that_two_connectors_could_keep_is_refused_with_what_decides_it()
    {
        using var response = await doors.SendAsync("ada", HttpMethod.Post, "/v1/conversations", "{}");
        var text = await response.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("grant 'create_conversation' on one of them only", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Agent_without_a_permission_is_told_so()
    {
        using var response = await doors.SendAsync("eve", HttpMethod.Post, "/v1/conversations", "{}");

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Contains("tool_not_permitted", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"items":[{"role":"user","content":"x"}],"items":[]}""", "malformed_request")]
    [InlineData("""{"items":"x","api_key":"sk-1"}""", "provider_credentials_in_request")]
    [InlineData("""{"items":[{"role":"user","content":[{"type":"input_file","file_id":"file-1"}]}]}""", "unsupported_feature")]
    [InlineData("[]", "malformed_request")]
    public async Task Body_is_read_as_strictly_as_any(string body, string code)
    {
        using var response = await doors.SendAsync("cleo", HttpMethod.Post, "/v1/conversations", body);
        var text = await response.Content.ReadAsStringAsync();

        Assert.Equal(code, JsonDocument.Parse(text).RootElement.GetProperty("error").GetProperty("code").GetString());
    }

    private static string IdOf(JsonElement answer) => answer.GetProperty("id").GetString()!;

    private async Task<JsonElement> AnswerAsync(
        string agent,
        HttpMethod method,
        string path,
        string? body = null,
        Running.RunningGateway? at = null
    )
    {
        using var response = await doors.SendAsync(agent, method, path, body, at);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text).RootElement;
    }

    private async Task AssertUnknownAsync(string agent, HttpMethod method, string path, string? body = null)
    {
        using var response = await doors.SendAsync(agent, method, path, body);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.NotFound, $"{method} {path} {body}: {text}");
        Assert.Equal("unknown_object", JsonDocument.Parse(text).RootElement.GetProperty("error").GetProperty("code").GetString());
    }
}
