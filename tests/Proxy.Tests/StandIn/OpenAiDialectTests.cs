using System.Net;
using System.Text.Json;

namespace Gateway.Proxy.Tests.StandIn;

public sealed class OpenAiDialectTests
{
    private const string Streamed = ",\"stream\":true";
    private const string StreamedWithUsage = Streamed + ",\"stream_options\":{\"include_usage\":true}";

    [Fact]
    public async Task Chat_SameQuestionTwice_SameTextAndUsage()
    {
        await using var standIn = await RunningStandIn.StartAsync();
        var first = await (await standIn.Client.SendAsync(StandInCalls.Chat("hello there"))).JsonAsync();
        var second = await (await standIn.Client.SendAsync(StandInCalls.Chat("hello there"))).JsonAsync();

        Assert.Equal(first.GetProperty("choices").GetRawText(), second.GetProperty("choices").GetRawText());
        Assert.Equal(first.GetProperty("usage").GetRawText(), second.GetProperty("usage").GetRawText());
        Assert.Equal(2, first.GetProperty("usage").GetProperty("prompt_tokens").GetInt32());
        Assert.Equal("chat.completion", first.GetProperty("object").GetString());
    }

    [Fact]
    public async Task ChatStream_WithoutUsageAskedFor_HasNoneAndEndsWithDone()
    {
        await using var standIn = await RunningStandIn.StartAsync();
        var response = await standIn.Client.SendAsync(StandInCalls.Chat("hello", Streamed));
        var data = await response.DataAsync();

        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("[DONE]", data[^1]);
        Assert.DoesNotContain(data, chunk => chunk.Contains("\"usage\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ChatStream_WithUsageAskedFor_LastChunkCarriesIt()
    {
        await using var standIn = await RunningStandIn.StartAsync();
        var data = await (await standIn.Client.SendAsync(StandInCalls.Chat("hello", StreamedWithUsage))).DataAsync();
        var usage = JsonDocument.Parse(data[^2]).RootElement;

        Assert.Equal(0, usage.GetProperty("choices").GetArrayLength());
        Assert.Equal(1, usage.GetProperty("usage").GetProperty("prompt_tokens").GetInt32());
        Assert.Equal(data.Count - 4, usage.GetProperty("usage").GetProperty("completion_tokens").GetInt32());
    }

    [Fact]
    public async Task ResponsesStream_ToTheEnd_NumbersItsEvents()
    {
        await using var standIn = await RunningStandIn.StartAsync();
        var request = StandInCalls.OpenAi("/v1/responses", """{"model":"gpt-5","input":"hello","stream":true}""");
        var events = (await (await standIn.Client.SendAsync(request)).DataAsync())
            .Select(data => JsonDocument.Parse(data).RootElement)
            .ToList();

        Assert.Equal("response.created", events[0].GetProperty("type").GetString());
        Assert.Equal("response.completed", events[^1].GetProperty("type").GetString());
        Assert.Equal(Enumerable.Range(0, events.Count), events.Select(item => item.GetProperty("sequence_number").GetInt32()));
        Assert.Equal(1, events[^1].GetProperty("response").GetProperty("usage").GetProperty("input_tokens").GetInt32());
    }

    [Theory]
    [InlineData("")]
    [InlineData("Bearer wrong")]
    [InlineData("standin-openai-key")]
    public async Task Chat_WithoutTheKey_IsRefusedInTheDialect(string authorization)
    {
        await using var standIn = await RunningStandIn.StartAsync();
        var request = StandInCalls.Chat("hello");
        request.Headers.Remove("Authorization");
        request.Headers.TryAddWithoutValidation("Authorization", authorization);
        var response = await standIn.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("invalid_api_key", (await response.JsonAsync()).GetProperty("error").GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"model":"m"}""")]
    [InlineData("""{"messages":[]}""")]
    [InlineData("""{"model":1,"messages":[]}""")]
    [InlineData("""{"model":"m","messages":[{"content":"no role"}]}""")]
    [InlineData("""{"model":"m","messages":["text"]}""")]
    [InlineData("""{"model":"m","messages":[],"tools":[1]}""")]
    public async Task Chat_MalformedBody_IsABadRequest(string body)
    {
        await using var standIn = await RunningStandIn.StartAsync();
        var response = await standIn.Client.SendAsync(StandInCalls.OpenAi("/v1/chat/completions", body));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("invalid_request_error", (await response.JsonAsync()).GetProperty("error").GetProperty("type").GetString());
    }
}
