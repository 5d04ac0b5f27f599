using Gateway.Evidence.Journal;
using Gateway.Proxy.Tests.StandIn;

namespace Gateway.Proxy.Tests.Faults;

/// <summary>SIGTERM: what runs ends properly, nothing new is sent here, and the journal is whole.</summary>
public sealed class StopTests
{
    [Theory]
    [InlineData("TERM")]
    [InlineData("HUP")]
    public async Task A_gateway_that_is_told_to_end_finishes_what_runs_and_leaves_no_unknown_outcome(string signal)
    {
        await using var provider = await RunningStandIn.StartAsync("--StandIn:Seen=0");
        await using var gateway = new GatewayProcess(provider.Address);
        var (_, bearer) = await gateway.PrepareAsync();
        await gateway.StartAsync("--Gateway:FrontDoor:Drain=00:00:02");
        var sent = await provider.CountAsync();
        using var client = new HttpMessageInvoker(new SocketsHttpHandler { UseProxy = false });
        var running = client.SendAsync(Slow(gateway, bearer), CancellationToken.None);
        await Waiting.ForAsync("it was sent", async () => await provider.CountAsync() > sent);

        gateway.Signal(signal);
        await Waiting.ForAsync("readiness is off while the doors are open", async () => await gateway.StatusAsync("/readyz") == 503);
        using var response = await running.WaitAsync(Waiting.Deadline);
        Assert.Equal(200, (int)response.StatusCode);
        Assert.Contains("Stand-in", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await gateway.EndedAsync());

        await VerifyAsync(gateway);
    }

    [Fact]
    public async Task A_stream_that_outlasts_the_grace_gets_its_error_event_and_its_record()
    {
        await using var provider = await RunningStandIn.StartAsync("--StandIn:Seen=0");
        await using var gateway = new GatewayProcess(provider.Address);
        var (_, bearer) = await gateway.PrepareAsync();
        await gateway.StartAsync("--Gateway:FrontDoor:Grace=00:00:01");
        using var client = new HttpMessageInvoker(new SocketsHttpHandler { UseProxy = false });
        using var request = Slow(gateway, bearer, """{"stream":true,"model":"gpt-4o-mini","messages":[{"role":"user","content":"!endless"}]}""");
        using var response = await client.SendAsync(request, CancellationToken.None).WaitAsync(Waiting.Deadline);
        var stream = await response.Content.ReadAsStreamAsync();
        Assert.NotEqual(0, await stream.ReadAsync(new byte[64]));

        gateway.Terminate();
        Assert.Contains("\"code\":\"interrupted\"", await stream.RestAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await gateway.EndedAsync());
        await VerifyAsync(gateway);
    }

    private static HttpRequestMessage Slow(GatewayProcess gateway, string bearer, string body = """{"model":"gpt-4o-mini","messages":[{"role":"user","content":"!slow 1000"}]}""") =>
        BearerChat.To(gateway.Address, bearer, body);

    private static async Task VerifyAsync(GatewayProcess gateway)
    {
        var result = JournalVerifier.Verify(gateway.JournalPath);
        Assert.True(result.IsGood, result.Problem?.ToString());
        Assert.Equal(0, result.OpenDecisions);
        await gateway.StartAsync();
        await gateway.KillAsync();
        Assert.Empty(JournalRecords.Read(gateway.JournalPath).Of("recovery"));
    }
}
