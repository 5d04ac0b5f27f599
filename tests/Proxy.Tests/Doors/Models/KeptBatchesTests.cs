using System.Net;
using System.Text;
using System.Text.Json;
using Gateway.Connectors.Models;
using Gateway.Proxy.Tests.Running;

namespace Gateway.Proxy.Tests.Doors.Models;

/// <summary>Files and batches are their agent's own, at every replica, and a batch is judged by what is in it.</summary>
public sealed class KeptBatchesTests(KeptDoors doors) : IClassFixture<KeptDoors>
{
    private const string Line =
        """{"custom_id":"a","method":"POST","url":"/v1/chat/completions","body":{"model":"kept-1","messages":[{"role":"user","content":"x"}]}}""";

    private const string Message = """{"custom_id":"a","params":{"model":"claude-1","max_tokens":9,"messages":[]}}""";

    private static readonly (string, string) Version = ("anthropic-version", "2023-06-01");

    [Fact]
    public async Task Agent_uploads_a_file_and_reads_what_the_batch_wrote_at_any_replica()
    {
        var file = await UploadAsync("cleo", Line);
        var batch = await JsonAsync("cleo", HttpMethod.Post, "/v1/batches", BatchOf(file));
        var ended = await JsonAsync("cleo", HttpMethod.Get, $"/v1/batches/{IdOf(batch)}", at: doors.Second);
        var output = ended.GetProperty("output_file_id").GetString()!;
        var written = await TextAsync("cleo", HttpMethod.Get, $"/v1/files/{output}/content", at: doors.Second);

        Assert.All([file, IdOf(batch), output, ended.GetProperty("input_file_id").GetString()!], id => Assert.True(OwnedIds.IsSealed(id)));
        Assert.Contains("\"custom_id\":\"a\"", written, StringComparison.Ordinal);
        Assert.Contains(Plain(output), string.Join(' ', await ListAsync("cleo", "/v1/files", "")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Anthropics_results_are_read_through_Gateway()
    {
        var batch = await JsonAsync("ada", HttpMethod.Post, "/v1/messages/batches", $$"""{"requests":[{{Message}}]}""");
        var ended = await JsonAsync("ada", HttpMethod.Get, $"/v1/messages/batches/{IdOf(batch)}", at: doors.Second);
        var results = ended.GetProperty("results_url").GetString()!;

        Assert.StartsWith("/v1/messages/batches/msgbatch_", results, StringComparison.Ordinal);
        Assert.Contains("\"succeeded\"", await TextAsync("ada", HttpMethod.Get, results), StringComparison.Ordinal);
        await AssertUnknownAsync("bob", HttpMethod.Get, results);
    }

    [Fact]
    public async Task Nobody_else_finds_them()
    {
        var file = await UploadAsync("cleo", Line);
        var batch = IdOf(await JsonAsync("cleo", HttpMethod.Post, "/v1/batches", BatchOf(file)));
        var message = IdOf(await JsonAsync("ada", HttpMethod.Post, "/v1/messages/batches", $$"""{"requests":[{{Message}}]}"""));
        var before = await doors.Provider.CountAsync();

        foreach (var (agent, of) in new[] { ("dora", ""), ("ada", ""), ("cleo", "plain") })
        {
            var (f, b) = of == "plain" ? (Plain(file), Plain(batch)) : (file, batch);
            await AssertUnknownAsync(agent, HttpMethod.Get, $"/v1/files/{f}");
            await AssertUnknownAsync(agent, HttpMethod.Get, $"/v1/files/{f}/content");
            await AssertUnknownAsync(agent, HttpMethod.Delete, $"/v1/files/{f}");
            await AssertUnknownAsync(agent, HttpMethod.Get, $"/v1/batches/{b}");
            await AssertUnknownAsync(agent, HttpMethod.Post, $"/v1/batches/{b}/cancel");
            await AssertUnknownAsync(agent, HttpMethod.Post, "/v1/batches", BatchOf(f));
        }

        foreach (var (agent, id) in new[] { ("bob", message), ("ada", Plain(message)) })
        {
            await AssertUnknownAsync(agent, HttpMethod.Get, $"/v1/messages/batches/{id}");
            await AssertUnknownAsync(agent, HttpMethod.Get, $"/v1/messages/batches/{id}/results");
            await AssertUnknownAsync(agent, HttpMethod.Post, $"/v1/messages/batches/{id}/cancel");
            await AssertUnknownAsync(agent, HttpMethod.Delete, $"/v1/messages/batches/{id}");
        }

        Assert.Equal(before, await doors.Provider.CountAsync());
    }

    /// <summary>Whatever the order of making and deleting, at either replica: each agent walks through its own, and no other's.</summary>
    [Fact]
    public async Task Lists_name_only_the_agents_own_across_pages()
    {
        var own = new Dictionary<string, List<string>>(StringComparer.Ordinal) { ["ada"] = [], ["bob"] = [] };
        var others = await ListAsync("ada", "/v1/messages/batches", "");
        for (var i = 0; i < 40; i++)
        {
            var chance = (uint)i * 2654435761u; // Knuth's multiplier: as good as chance, and the same each time.
            var agent = (chance >> 31) == 0 ? "ada" : "bob";
            var at = (chance >> 30) % 2 == 0 ? doors.First : doors.Second;
            if (own[agent].Count > 2 && (chance >> 27) % 4 == 0)
            {
                var gone = own[agent][(int)((chance >> 20) % (uint)own[agent].Count)];
                await JsonAsync(agent, HttpMethod.Delete, $"/v1/messages/batches/{gone}", at: at);
                own[agent].Remove(gone);
                continue;
            }

            own[agent]
                .Insert(0, IdOf(await JsonAsync(agent, HttpMethod.Post, "/v1/messages/batches", $$"""{"requests":[{{Message}}]}""", at)));
        }

        foreach (var (agent, made) in own)
        {
            var walked = await ListAsync(agent, "/v1/messages/batches", "limit=3");
            Assert.Equal(made.Select(Plain), walked.Select(Plain).Where(id => !others.Select(Plain).Contains(id)));
            Assert.All(walked, id => Assert.True(OwnedIds.IsSealed(id)));
        }

        Assert.NotEmpty(own["ada"]);
        await AssertUnknownAsync("bob", HttpMethod.Get, $"/v1/messages/batches?after_id={own["ada"][0]}");
    }

    [Fact]
    public async Task Lists_of_files_are_the_agents_own_in_the_order_asked_for()
    {
        var first = await UploadAsync("dora", Line);
        await UploadAsync("cleo", Line);
        var second = await UploadAsync("dora", Line);

        Assert.Equal([Plain(second), Plain(first)], (await ListAsync("dora", "/v1/files", "limit=1")).Select(Plain));
        Assert.Equal([Plain(first), Plain(second)], (await ListAsync("dora", "/v1/files", "order=asc&purpose=batch")).Select(Plain));
        Assert.Empty(await ListAsync("dora", "/v1/files", "purpose=user_data"));
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=1001")]
    [InlineData("limit=x")]
    [InlineData("after_id=a&before_id=b")]
    public async Task Page_that_nobody_gives_is_refused(string query)
    {
        using var response = await SendAsync("ada", HttpMethod.Get, $"/v1/messages/batches?{query}", null, null);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Theory]
    [InlineData("kept-1", "stateless-1", "unsupported_feature")]
    [InlineData("kept-1", "none-1", "unknown_model")]
    [InlineData("\"messages\"", "\"web_search_options\":{},\"messages\"", "unsupported_feature")]
    [InlineData("\"messages\"", "\"api_key\":\"x\",\"messages\"", "provider_credentials_in_request")]
    public async Task File_with_a_request_that_would_be_refused_is_not_uploaded(string from, string to, string code)
    {
        using var response = await SendUploadAsync("cleo", Line.Replace(from, to, StringComparison.Ordinal));
        var text = await response.Content.ReadAsStringAsync();

        Assert.True(code == CodeOf(text), text);
    }

    [Fact]
    public async Task Batch_is_made_only_of_a_file_that_was_uploaded_for_it()
    {
        var file = await UploadAsync("cleo", Line);
        var batch = await JsonAsync("cleo", HttpMethod.Post, "/v1/batches", BatchOf(file));
        var ended = await JsonAsync("cleo", HttpMethod.Get, $"/v1/batches/{IdOf(batch)}");
        await AssertUnknownAsync("cleo", HttpMethod.Post, "/v1/batches", BatchOf(ended.GetProperty("output_file_id").GetString()!));
        await JsonAsync("cleo", HttpMethod.Delete, $"/v1/files/{file}");
        await AssertUnknownAsync("cleo", HttpMethod.Post, "/v1/batches", BatchOf(file));
    }

    [Theory]
    [InlineData("\"endpoint\":\"/v1/responses\"")]
    [InlineData("\"endpoint\":7")]
    [InlineData("\"endpoint\":null")]
    public async Task Batch_names_the_operation_that_its_file_was_read_for(string endpoint)
    {
        var body = BatchOf(await UploadAsync("cleo", Line))
            .Replace("\"endpoint\":\"/v1/chat/completions\"", endpoint, StringComparison.Ordinal);
        using var response = await SendAsync("cleo", HttpMethod.Post, "/v1/batches", body, null);

        Assert.Equal("malformed_request", CodeOf(await response.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task Objects_are_found_again_behind_a_restart()
    {
        var file = await UploadAsync("cleo", Line);
        await using var third = await doors.StartAsync();

        Assert.Contains(Plain(file), (await ListAsync("cleo", "/v1/files", "", third)).Select(Plain));
        await JsonAsync("cleo", HttpMethod.Post, "/v1/batches", BatchOf(file), third);
    }

    /// <summary>What it will use isn't known when it is made: all that it may is charged, and stays so.</summary>
    [Fact]
    public async Task Batch_is_charged_what_all_its_requests_may_use()
    {
        var entry = Message.Replace("\"max_tokens\":9", "\"max_tokens\":40", StringComparison.Ordinal);
        await JsonAsync("gil", HttpMethod.Post, "/v1/messages/batches", $$"""{"requests":[{{entry}},{{entry}}]}""");
        using var second = await SendAsync("gil", HttpMethod.Post, "/v1/messages/batches", $$"""{"requests":[{{entry}}]}""", null);
        var file = await UploadAsync("gil", Line.Replace("\"messages\"", "\"max_tokens\":40,\"messages\"", StringComparison.Ordinal));
        using var third = await SendAsync("gil", HttpMethod.Post, "/v1/batches", BatchOf(file), null);

        Assert.Equal("budget_exhausted", CodeOf(await second.Content.ReadAsStringAsync()));
        Assert.Equal("budget_exhausted", CodeOf(await third.Content.ReadAsStringAsync()));
    }

    [Fact]
    public async Task Batch_that_would_have_to_be_changed_is_refused()
    {
        using var response = await SendAsync("fay", HttpMethod.Post, "/v1/messages/batches", $$"""{"requests":[{{Message}}]}""", null);
        var text = await response.Content.ReadAsStringAsync();

        Assert.True(CodeOf(text) == "obligation_unmet", text);
        Assert.Contains("Send them by themselves", text, StringComparison.Ordinal);
    }

    private static string BatchOf(string file) =>
        $$"""{"input_file_id":"{{file}}","endpoint":"/v1/chat/completions","completion_window":"24h"}""";

    private static string IdOf(JsonElement answer) => answer.GetProperty("id").GetString()!;

    private static string Plain(string id) => OwnedIds.IsSealed(id) ? id[..id.LastIndexOf(OwnedIds.Mark, StringComparison.Ordinal)] : id;

    private static string? CodeOf(string text)
    {
        var root = JsonDocument.Parse(text).RootElement;
        return root.TryGetProperty("gateway", out var told)
            ? told.GetProperty("code").GetString()
            : root.GetProperty("error").GetProperty("code").GetString();
    }

    private async Task<string> UploadAsync(string agent, string lines)
    {
        using var response = await SendUploadAsync(agent, lines);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        return IdOf(JsonDocument.Parse(text).RootElement);
    }

    private async Task<HttpResponseMessage> SendUploadAsync(string agent, string lines)
    {
        using var form = new MultipartFormDataContent("boundary-of-a-form");
        form.Headers.Remove("Content-Type");
        form.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=boundary-of-a-form");
        var purpose = new StringContent("batch", Encoding.ASCII);
        var file = new ByteArrayContent(Encoding.UTF8.GetBytes(lines));
        Name(purpose, "name=\"purpose\"");
        Name(file, "name=\"file\"; filename=\"a.jsonl\"");
        form.Add(purpose);
        form.Add(file);
        return await doors.SendAsync(agent, HttpMethod.Post, "/v1/files", form, doors.First);
    }

    private static void Name(HttpContent part, string name)
    {
        part.Headers.Clear();
        part.Headers.TryAddWithoutValidation("Content-Disposition", $"form-data; {name}");
    }

    /// <summary>All ids of a list, a page behind the other, as the official clients walk.</summary>
    private async Task<List<string>> ListAsync(string agent, string path, string query, RunningGateway? at = null)
    {
        var (all, after) = (new List<string>(), "");
        while (true)
        {
            var page = await JsonAsync(agent, HttpMethod.Get, $"{path}?{query}{after}".TrimEnd('?'), at: at);
            var ids = page.GetProperty("data").EnumerateArray().Select(IdOf).ToArray();
            all.AddRange(ids);
            if (!page.GetProperty("has_more").GetBoolean())
            {
                return all;
            }

            Assert.NotEmpty(ids);
            Assert.Equal(Plain(ids[^1]), Plain(page.GetProperty("last_id").GetString()!));
            after = $"{(query.Length > 0 ? "&" : "")}{(path == "/v1/files" ? "after" : "after_id")}={ids[^1]}";
        }
    }

    private async Task<JsonElement> JsonAsync(
        string agent,
        HttpMethod method,
        string path,
        string? body = null,
        RunningGateway? at = null
    ) => JsonDocument.Parse(await TextAsync(agent, method, path, body, at)).RootElement;

    private async Task<string> TextAsync(string agent, HttpMethod method, string path, string? body = null, RunningGateway? at = null)
    {
        using var response = await SendAsync(agent, method, path, body, at);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, $"{method} {path}: {text}");
        return text;
    }

    private Task<HttpResponseMessage> SendAsync(string agent, HttpMethod method, string path, string? body, RunningGateway? at) =>
        doors.SendAsync(agent, method, path, body, at, Version);

    private async Task AssertUnknownAsync(string agent, HttpMethod method, string path, string? body = null)
    {
        using var response = await SendAsync(agent, method, path, body, null);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.NotFound, $"{agent} {method} {path} {body}: {text}");
        Assert.Equal("unknown_object", CodeOf(text));
    }
}
