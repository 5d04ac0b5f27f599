using Gateway.Evidence.Verification;
using Gateway.Proxy.Tests.StandIn;
using Gateway.Testing;

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
        await using var gateway = new GatewayProcess(provider.Address)
        {
            Under = OperatingSystem.IsLinux() ? ["env", "--default-signal=HUP"] : [],
        }; // Or it would be ignored where the tests run under nohup.
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
        using var request = Slow(
            gateway,
            bearer,
            """{"stream":true,"model":"gpt-4o-mini","messages":[{"role":"user","content":"!endless"}]}"""
        );
        using var response = await client.SendAsync(request, CancellationToken.None).WaitAsync(Waiting.Deadline);
        var stream = await response.Content.ReadAsStreamAsync();
        Assert.NotEqual(0, await stream.ReadAsync(new byte[64]));

        gateway.Terminate();
        Assert.Contains("\"code\":\"interrupted\"", await stream.RestAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await gateway.EndedAsync());
        await VerifyAsync(gateway);
    }

    [Fact]
    public async Task What_the_last_requests_held_in_redis_is_given_back()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var provider = await RunningStandIn.StartAsync("--StandIn:Seen=0");
        await using var gateway = new GatewayProcess(provider.Address);
        await LimitAsync(gateway);
        var (_, bearer) = await gateway.PrepareAsync();
        await gateway.StartAsync(
            "--Gateway:State:Kind=redis",
            $"--Gateway:State:Endpoints:0={redis.Endpoint}",
            "--Gateway:State:Deadline=00:00:02"
        );
        var sent = await provider.CountAsync();
        using var client = new HttpMessageInvoker(new SocketsHttpHandler { UseProxy = false });
        var running = Enumerable
            .Range(0, 8)
            .Select(_ =>
                client.SendAsync(
                    Slow(gateway, bearer, """{"model":"gpt-4o-mini","messages":[{"role":"user","content":"!slow 4000"}]}"""),
                    CancellationToken.None
                )
            )
            .ToArray();
        await Waiting.ForAsync("all were sent", async () => await provider.CountAsync() == sent + running.Length);
        Assert.NotEqual("0", await HeldAsync(redis));

        gateway.Terminate();
        Assert.All(await Task.WhenAll(running).WaitAsync(Waiting.Deadline), response => Assert.Equal(200, (int)response.StatusCode));
        Assert.Equal(0, await gateway.EndedAsync());

        Assert.Equal("0", await HeldAsync(redis));
    }

    [Fact]
    public async Task What_a_killed_instance_held_in_redis_is_given_back_when_it_starts_again()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var provider = await RunningStandIn.StartAsync("--StandIn:Seen=0");
        await using var gateway = new GatewayProcess(provider.Address);
        await LimitAsync(gateway);
        var (_, bearer) = await gateway.PrepareAsync();
        string[] settings =
        [
            "--Gateway:State:Kind=redis",
            $"--Gateway:State:Endpoints:0={redis.Endpoint}",
            "--Gateway:State:Deadline=00:00:02",
            "--Gateway:Admission:Lease=00:00:15",
        ];
        await gateway.StartAsync(settings);
        var sent = await provider.CountAsync();
        using var client = new HttpMessageInvoker(new SocketsHttpHandler { UseProxy = false });
        var running = Enumerable.Range(0, 8).Select(_ => client.SendAsync(Slow(gateway, bearer), CancellationToken.None)).ToArray();
        await Waiting.ForAsync("all were sent", async () => await provider.CountAsync() == sent + running.Length);

        await gateway.KillAsync();
        await Task.WhenAll(running).ContinueWith(static _ => { }, TaskScheduler.Default);
        Assert.NotEqual("0", await HeldAsync(redis));
        await redis.CommandAsync("EVAL", Longer, "0"); // So that no lease can have ended by itself.
        await gateway.StartAsync(settings);

        Assert.Equal("0", await HeldAsync(redis));
    }

    /// <summary>Lets every lease end in an hour.</summary>
    private const string Longer =
        "for _, key in ipairs(redis.call('KEYS', '*:leases')) do for _, id in ipairs(redis.call('ZRANGE', key, 0, -1)) do "
        + "redis.call('ZINCRBY', key, 3600000000, id) end end";

    /// <summary>Slots that are taken and requests that aren't settled.</summary>
    private static async Task<string> HeldAsync(RedisServer redis) =>
        (
            await redis.CommandAsync(
                "EVAL",
                "local held = 0 for _, key in ipairs(redis.call('KEYS', '*:open')) do held = held + redis.call('HLEN', key) end "
                    + "for _, key in ipairs(redis.call('KEYS', '*:slots:*')) do held = held + redis.call('ZCARD', key) end return held",
                "0"
            )
        ).Trim();

    /// <summary>Gives the agent a limit on what runs at once, so that its calls hold something.</summary>
    private static async Task LimitAsync(GatewayProcess gateway)
    {
        var agents = Path.Combine(gateway.Governance, "agents.yaml");
        var text = await File.ReadAllTextAsync(agents);
        await File.WriteAllTextAsync(
            agents,
            text.Replace("  version: \"1.0\"\n", "  version: \"1.0\"\n  concurrency: 64\n", StringComparison.Ordinal)
        );
    }

    private static HttpRequestMessage Slow(
        GatewayProcess gateway,
        string bearer,
        string body = """{"model":"gpt-4o-mini","messages":[{"role":"user","content":"!slow 1000"}]}"""
    ) => BearerChat.To(gateway.Address, bearer, body);

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
