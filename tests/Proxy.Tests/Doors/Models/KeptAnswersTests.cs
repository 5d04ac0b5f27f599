using System.Net;
using System.Text.Json;
using Gateway.Connectors.Models;

namespace Gateway.Proxy.Tests.Doors.Models;

/// <summary>What the provider keeps for one agent is there for that agent, at every replica, and for nobody else.</summary>
public sealed class KeptAnswersTests(KeptDoors doors) : IClassFixture<KeptDoors>
{
    [Fact]
    public async Task Agent_goes_on_from_its_own_answer_at_any_replica()
    {
        var id = IdOf(await doors.AnswerAsync("ada", "kept first"));

        var next = await doors.AnswerAsync("ada", "kept second", $",\"previous_response_id\":\"{id}\"", doors.Second);

        Assert.Contains(OwnedIds.Mark, id, StringComparison.Ordinal);
        var seen = Assert.Single(await doors.SeenAsync("kept second"));
        Assert.DoesNotContain(OwnedIds.Mark, seen, StringComparison.Ordinal);
        Assert.Contains($"\"previous_response_id\":\"{Plain(id)}\"", seen, StringComparison.Ordinal);
        Assert.StartsWith(Plain(id) + OwnedIds.Mark, next.GetProperty("previous_response_id").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replica_that_starts_later_knows_an_id_too()
    {
        var id = IdOf(await doors.AnswerAsync("ada", "before a start"));
        await using var later = await doors.StartAsync();

        using var response = await doors.SendAsync("ada", HttpMethod.Get, $"/v1/responses/{id}", at: later);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(id, IdOf(JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement));
    }

    [Theory]
    [InlineData("""{"type":"item_reference","id":"ID"}""")]
    [InlineData("""{"id":"ID"}""")]
    [InlineData("""{"type":"message","role":"assistant","id":"ID","content":[{"type":"output_text","text":"whole"}]}""")]
    public async Task Items_are_named_by_their_ids(string item)
    {
        var word = $"items {item.Length}";
        var first = await doors.AnswerAsync("ada", word);
        var id = first.GetProperty("output").EnumerateArray().Last().GetProperty("id").GetString()!;

        using var response = await doors.SendAsync(
            "ada",
            HttpMethod.Post,
            "/v1/responses",
            $$"""{"model":"kept-1","input":[{{item.Replace("ID", id, StringComparison.Ordinal)}},{"role":"user","content":"again {{word}}"}]}"""
        );

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var seen = Assert.Single(await doors.SeenAsync($"again {word}"));
        Assert.Contains($"\"id\":\"{Plain(id)}\"", seen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ids_in_a_stream_are_the_agents_own()
    {
        using var response = await doors.SendAsync(
            "ada",
            HttpMethod.Post,
            "/v1/responses",
            """{"model":"kept-1","input":"a stream that is kept","stream":true}"""
        );
        var text = await response.Content.ReadAsStringAsync();
        var events = text.Split('\n').Where(line => line.StartsWith("data: {", StringComparison.Ordinal));
        var answers = events.Select(line => JsonDocument.Parse(line[6..]).RootElement).ToList();
        var ids = answers.Where(e => e.TryGetProperty("response", out _)).Select(e => IdOf(e.GetProperty("response"))).Distinct();

        using var again = await doors.SendAsync("ada", HttpMethod.Get, $"/v1/responses/{Assert.Single(ids)}");

        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.All(
            answers.Where(e => e.TryGetProperty("item_id", out _)),
            e => Assert.Contains(OwnedIds.Mark, e.GetProperty("item_id").GetString(), StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Nobody_else_finds_it()
    {
        var answer = await doors.AnswerAsync("ada", "adas own");
        var (id, item) = (IdOf(answer), answer.GetProperty("output")[0].GetProperty("id").GetString()!);
        var before = await doors.Provider.CountAsync();

        // Another agent's; as the provider calls it; with the name of another; of the same agent at another connector.
        foreach (var (agent, model, asked) in new[] { ("bob", "kept-1", id), ("ada", "kept-1", Plain(id)), ("ada", "gpt-4o", id) })
        {
            await AssertUnknownAsync(agent, HttpMethod.Post, "/v1/responses", Body(model, $"\"previous_response_id\":\"{asked}\""));
            await AssertUnknownAsync(agent, HttpMethod.Post, "/v1/responses/input_tokens", Body(model, $"\"conversation\":\"{asked}\""));
        }

        await AssertUnknownAsync(
            "bob",
            HttpMethod.Post,
            "/v1/responses",
            Body("kept-1", $$"""{"type":"item_reference","id":"{{item}}"}""")
        );
        await AssertUnknownAsync("bob", HttpMethod.Post, "/v1/responses", Body("kept-1", $$"""{"type":"reasoning","id":"{{item}}"}"""));
        await AssertUnknownAsync(
            "bob",
            HttpMethod.Post,
            "/v1/responses",
            Body("kept-1", $$"""{"type":"message","role":"user","id":"{{item}}","content":"x"}""")
        );
        foreach (var asked in new[] { id, Plain(id), Plain(id) + OwnedIds.Mark, id[..^1], id + "A" })
        {
            var agent = asked == id ? "bob" : "ada";
            await AssertUnknownAsync(agent, HttpMethod.Get, $"/v1/responses/{asked}");
            await AssertUnknownAsync(agent, HttpMethod.Get, $"/v1/responses/{asked}/input_items");
            await AssertUnknownAsync(agent, HttpMethod.Post, $"/v1/responses/{asked}/cancel");
            await AssertUnknownAsync(agent, HttpMethod.Delete, $"/v1/responses/{asked}");
        }

        Assert.Equal(before, await doors.Provider.CountAsync());
    }

    [Fact]
    public async Task Agent_retrieves_and_deletes_what_is_its_own()
    {
        var id = IdOf(await doors.AnswerAsync("ada", "to be deleted"));

        using var items = await doors.SendAsync("ada", HttpMethod.Get, $"/v1/responses/{id}/input_items?limit=10&order=asc");
        using var deleted = await doors.SendAsync("ada", HttpMethod.Delete, $"/v1/responses/{id}");
        using var gone = await doors.SendAsync("ada", HttpMethod.Get, $"/v1/responses/{id}");

        Assert.Contains("to be deleted", await items.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.True(deleted.IsSuccessStatusCode, await deleted.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Fact]
    public async Task Background_run_is_asked_for_and_cancelled_where_it_is_listed()
    {
        var run = await doors.AnswerAsync("ada", "in the background", ",\"background\":true");
        using var cancelled = await doors.SendAsync("ada", HttpMethod.Post, $"/v1/responses/{IdOf(run)}/cancel");
        using var unlisted = await doors.SendAsync("ada", HttpMethod.Post, "/v1/responses", Body("gpt-4o", "\"background\":true"));

        Assert.True(cancelled.IsSuccessStatusCode, await cancelled.Content.ReadAsStringAsync());
        Assert.Contains("spec.hostedTools", await unlisted.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData(",\"store\":true")]
    public async Task Connector_can_have_its_provider_keep_nothing(string more)
    {
        var word = $"stateless {more.Length}";
        using var kept = await doors.SendAsync(
            "ada",
            HttpMethod.Post,
            "/v1/responses",
            $$"""{"model":"stateless-1","input":"{{word}}"{{more}}}"""
        );
        using var referring = await doors.SendAsync(
            "ada",
            HttpMethod.Post,
            "/v1/responses",
            Body("stateless-1", "\"previous_response_id\":\"resp_1\"")
        );

        Assert.DoesNotContain(OwnedIds.Mark, await kept.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var seen = JsonDocument.Parse(Assert.Single(await doors.SeenAsync(word))).RootElement;
        Assert.False(seen.GetProperty("store").GetBoolean());
        Assert.Equal(HttpStatusCode.BadRequest, referring.StatusCode);
        Assert.Contains("providerState", await referring.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_kept_keeps_its_ids()
    {
        var answer = await doors.AnswerAsync("ada", "kept by nobody", ",\"store\":false");

        Assert.DoesNotContain(OwnedIds.Mark, answer.GetRawText(), StringComparison.Ordinal);
    }

    private static string Body(string model, string part) =>
        part.StartsWith('{')
            ? $$"""{"model":"{{model}}","input":[{{part}},{"role":"user","content":"x"}]}"""
            : $$"""{"model":"{{model}}","input":"x",{{part}}}""";

    private static string IdOf(JsonElement answer) => answer.GetProperty("id").GetString()!;

    private static string Plain(string id) => id[..id.IndexOf(OwnedIds.Mark, StringComparison.Ordinal)];

    private async Task AssertUnknownAsync(string agent, HttpMethod method, string path, string? body = null)
    {
        using var response = await doors.SendAsync(agent, method, path, body);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.NotFound, $"{method} {path} {body}: {text}");
        Assert.Equal("unknown_object", JsonDocument.Parse(text).RootElement.GetProperty("error").GetProperty("code").GetString());
    }
}
