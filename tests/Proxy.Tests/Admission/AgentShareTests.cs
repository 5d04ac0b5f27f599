using System.Net;
using Gateway.Proxy.Tests.Doors;
using Gateway.Proxy.Tests.Running;
using Gateway.Proxy.Tests.StandIn;
using Gateway.Testing;

namespace Gateway.Proxy.Tests.Admission;

/// <summary>One agent uses up its own share of what is remembered, and nobody else's; in memory and in Redis.</summary>
public sealed class AgentShareTests : IAsyncLifetime
{
    private RunningStandIn _provider = null!;
    private RedisServer _redis = null!;

    public async Task InitializeAsync()
    {
        _provider = await RunningStandIn.StartAsync();
        _redis = await RedisServer.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _provider.DisposeAsync();
        await _redis.DisposeAsync();
    }

    [Theory]
    [InlineData("memory")]
    [InlineData("redis")]
    public async Task Agent_that_used_up_its_idempotency_keys_is_refused_another_and_no_other_agent_is(string kind)
    {
        await using var gateway = await StartAsync(kind);
        var (greedy, other) = (await gateway.NewBearerAsync("greedy"), await gateway.NewBearerAsync("other"));
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(HttpStatusCode.OK, await ChatAsync(gateway, greedy, $"key-{i}"));
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, await ChatAsync(gateway, greedy, "key-6"));
        Assert.Equal(HttpStatusCode.OK, await ChatAsync(gateway, greedy, null));
        Assert.Equal(HttpStatusCode.Conflict, await ChatAsync(gateway, greedy, "key-1"));
        Assert.Equal(HttpStatusCode.OK, await ChatAsync(gateway, other, "key-6"));
    }

    [Theory]
    [InlineData("memory")]
    [InlineData("redis")]
    public async Task Agent_that_used_up_its_nonces_is_refused_and_no_other_agent_is(string kind)
    {
        await using var gateway = await StartAsync(kind, "--Gateway:Admission:NoncesPerAgent=1000");
        var (greedy, other) = (await gateway.NewSignerAsync("greedy"), await gateway.NewSignerAsync("other"));
        HttpRequestMessage Ask() => gateway.Request(HttpMethod.Get, "/v1/models");
        HttpStatusCode last = default;
        for (var i = 0; i < 2000 && last != HttpStatusCode.TooManyRequests; i++)
        {
            using var answer = await gateway.SendSignedAsync(greedy, Ask);
            last = answer.StatusCode;
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, last);
        using var others = await gateway.SendSignedAsync(other, Ask);
        Assert.Equal(HttpStatusCode.OK, others.StatusCode);
    }

    private Task<RunningGateway> StartAsync(string kind, params string[] settings) =>
        RunningGateway.StartAsync(
            _provider.Address,
            data: null,
            string.Join(
                "\n---\n",
                DoorDocuments.Agent("greedy", "  rate: none"),
                DoorDocuments.Agent("other"),
                DoorDocuments.Permission("greedy", "small"),
                DoorDocuments.Permission("other", "small"),
                DoorDocuments.Model("small")
            ),
            [
                "--Gateway:Admission:IdempotencyKeysPerAgent=10",
                .. kind == "redis"
                    ? (string[])
                        [
                            "--Gateway:State:Kind=redis",
                            $"--Gateway:State:Endpoints:0={_redis.Endpoint}",
                            "--Gateway:State:Deadline=00:00:02",
                        ]
                    : [],
                .. settings,
            ]
        );

    private static async Task<HttpStatusCode> ChatAsync(RunningGateway gateway, string key, string? idempotency)
    {
        using var request = gateway.Request(
            HttpMethod.Post,
            "/v1/chat/completions",
            """{"model":"small-1","messages":[{"role":"user","content":"Hello"}]}"""
        );
        request.Headers.Add("Authorization", $"Bearer {key}");
        if (idempotency is not null)
        {
            request.Headers.Add("Idempotency-Key", idempotency);
        }

        using var answer = await gateway.SendAsync(request);
        return answer.StatusCode;
    }
}
