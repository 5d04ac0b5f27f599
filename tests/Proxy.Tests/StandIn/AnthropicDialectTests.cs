using System.Net;
using System.Text.Json;

namespace Gateway.Proxy.Tests.StandIn;

public sealed class AnthropicDialectTests
{
    [Fact]
    public async Task Message_Whole_HasTextStopReasonAndUsage()
    {
        await using var standIn = await RunningStandIn.StartAsync();
        var message = await (await standIn.Client.SendAsync(StandInCalls.Message("hello"))).JsonAsync();

        Assert.Equal("Stand-in answer to: hello", message.GetProperty("content")[0].GetProperty("text").GetString());
        Assert.Equal("end_turn", message.GetProperty("stop_reason").GetString());
        Assert.Equal(1, message.GetProperty("usage").GetProperty("input_tokens").GetInt32());
    }

    [Fact]
    public async Task MessageStream_ToTheEnd_HasItsEventsInOrder()
    {
        await using var standIn = await RunningStandIn.StartAsync();
        var data = await (await standIn.Client.SendAsync(StandInCalls.Message("hello", ",\"stream\":true"))).DataAsync();
        var types = data.Select(item => JsonDocument.Parse(item).RootElement.GetProperty("type").GetString()).ToList();

        Assert.Equal(["message_start", "content_block_start", "ping"], types[..3]);
        Assert.Equal(["content_block_stop", "message_delta", "message_stop"], types[^3..]);
        Assert.All(types[3..^3], type => Assert.Equal("content_block_delta", type));
    }

    [Fact]
    public async Task Message_KeyAsBearer_IsAnsweredToo()
    {
        await using var standIn = await RunningStandIn.StartAsync();
        var request = StandInCalls.Message("hello");
        request.Headers.Remove("x-api-key");
        request.Headers.Add("Authorization", $"Bearer {RunningStandIn.AnthropicKey}");

        Assert.Equal(HttpStatusCode.OK, (await standIn.Client.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task Message_SecondCredentialBesideTheKey_IsRefused()
    {
        await using var standIn = await RunningStandIn.StartAsync();
        var request = StandInCalls.Message("hello");
        request.Headers.Add("Authorization", "Bearer something-of-the-agents");
        var response = await standIn.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("authentication_error", (await response.JsonAsync()).GetProperty("error").GetProperty("type").GetString());
    }

    [Theory]
    [InlineData("anthropic-version")]
    [InlineData("max_tokens")]
    public async Task Message_WithoutWhatTheDialectDemands_IsABadRequest(string missing)
    {
        await using var standIn = await RunningStandIn.StartAsync();
        var request = StandInCalls.Message("hello");
        request.Headers.Remove(missing);
        request.Content = missing == "max_tokens" ? new StringContent("""{"model":"m","messages":[]}""") : request.Content;
        var response = await standIn.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(missing, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
