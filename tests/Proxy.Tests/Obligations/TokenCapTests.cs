using System.Net;
using System.Text.Json;
using Gateway.Proxy.Tests.Doors;

namespace Gateway.Proxy.Tests.Obligations;

/// <summary>A cap of five tokens, on calls that ask for more than one answer or for thought beside it.</summary>
public sealed class TokenCapTests(OpenDoors doors) : IClassFixture<OpenDoors>
{
    private const string Chat = "/v1/chat/completions";
    private const string Completions = "/v1/completions";
    private const string Messages = "/v1/messages";

    [Theory]
    [InlineData(Chat, "cap-n-2", ",\"n\":2", "max_completion_tokens", 2)]
    [InlineData(Chat, "cap-n-5", ",\"n\":5,\"max_tokens\":400", "max_tokens", 1)]
    [InlineData(Chat, "cap-n-kept", ",\"n\":2,\"max_tokens\":1", "max_tokens", 1)]
    [InlineData(Completions, "cap-best-of", ",\"n\":1,\"best_of\":2", "max_tokens", 2)]
    [InlineData(Completions, "cap-best-of-5", ",\"n\":2,\"best_of\":5,\"max_tokens\":9", "max_tokens", 1)]
    [InlineData(Messages, "cap-thought-off", ",\"thinking\":{\"type\":\"disabled\"},\"max_tokens\":9", "max_tokens", 5)]
    [InlineData(Messages, "cap-summed-up", ",\"compaction\":{\"type\":\"auto\"},\"max_tokens\":9", "max_tokens", 2)]
    public async Task Cap_is_shared_by_all_answers_of_a_call(string path, string word, string more, string field, int each)
    {
        using var response = await AskAsync(path, word, more);

        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        var sent = JsonDocument.Parse((await doors.SeenAsync(word)).GetProperty("body").GetString()!).RootElement;
        Assert.Equal(each, sent.GetProperty(field).GetInt32());
    }

    [Theory]
    [InlineData(Chat, ",\"n\":20", "20 answers are asked for")]
    [InlineData(Chat, ",\"n\":6,\"max_tokens\":1", "6 answers are asked for")]
    [InlineData(Completions, ",\"best_of\":20", "20 answers are asked for")]
    [InlineData(Messages, ",\"max_tokens\":9,\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":1024}", "1024 tokens of thought")]
    [InlineData(Messages, ",\"max_tokens\":3,\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":1024}", "1024 tokens of thought")]
    public async Task Call_that_cannot_stay_below_the_cap_is_refused(string path, string more, string why)
    {
        using var response = await AskAsync(path, "cap-unmet", more);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Contains(why, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(await doors.AllSeenAsync("cap-unmet"));
    }

    [Fact]
    public async Task Each_prompt_is_an_answer_of_its_own()
    {
        using var request = doors.Gateway.Request(
            HttpMethod.Post,
            Completions,
            """{"model":"gpt-4o","prompt":["cap-prompts","b","c","d","e","f"]}"""
        );
        using var response = await doors.SendAsync("capped", request);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Empty(await doors.AllSeenAsync("cap-prompts"));
    }

    private Task<HttpResponseMessage> AskAsync(string path, string word, string more)
    {
        var model = path == Messages ? "claude-haiku-4-5" : "gpt-4o";
        var content = path == Completions ? $"\"prompt\":\"{word}\"" : $"\"messages\":[{{\"role\":\"user\",\"content\":\"{word}\"}}]";
        var request = doors.Gateway.Request(HttpMethod.Post, path, $"{{\"model\":\"{model}\",{content}{more}}}");
        request.Headers.Add("anthropic-version", "2023-06-01");
        return doors.SendAsync("capped", request);
    }
}
