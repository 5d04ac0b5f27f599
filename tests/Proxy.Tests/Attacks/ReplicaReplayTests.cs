using Gateway.Policy.Model;
using Gateway.Proxy.Identity.Signing;
using Gateway.Proxy.Tests.Running;
using Gateway.Proxy.Tests.StandIn;
using Gateway.Testing;

namespace Gateway.Proxy.Tests.Attacks;

/// <summary>Two replicas with one data folder and one real Redis, reached by one name, as behind a load balancer.</summary>
public sealed class ReplicaReplayTests : IAsyncLifetime
{
    private const string Authority = "gateway.example";

    private RunningStandIn _provider = null!;
    private RedisServer _redis = null!;
    private RunningGateway _one = null!;
    private RunningGateway _other = null!;
    private RequestSigner _signer = null!;

    public async Task InitializeAsync()
    {
        _provider = await RunningStandIn.StartAsync();
        _redis = await RedisServer.StartAsync();
        string[] settings =
        [
            "--Gateway:State:Kind=redis",
            $"--Gateway:State:Endpoints:0={_redis.Endpoint}",
            $"--Gateway:FrontDoor:Authorities:0={Authority}",
            "--Gateway:State:Deadline=00:00:02",
            "--Gateway:Data:Replicas=2",
        ];
        _one = await RunningGateway.StartAsync(_provider.Address, data: null, documents: "", settings);
        _other = await RunningGateway.StartAsync(_provider.Address, _one.DataPath, documents: "", settings);
        _signer = await _one.NewSignerAsync("assistant");
        await PassingAsync(_one);
        await PassingAsync(_other);
    }

    public async Task DisposeAsync()
    {
        await _other.DisposeAsync();
        await _one.DisposeAsync();
        await _redis.DisposeAsync();
        await _provider.DisposeAsync();
    }

    [Fact]
    public async Task A_replay_on_the_other_replica_is_refused()
    {
        var bytes = await PassingAsync(_one);

        await AssertRefusedAsync(_other, bytes, ReasonCode.ReplayedNonce);
        await AssertRefusedAsync(_one, bytes, ReasonCode.ReplayedNonce);
    }

    [Fact]
    public async Task Of_two_equal_requests_at_once_on_two_replicas_exactly_one_passes()
    {
        const int Pairs = 100;
        var before = await _provider.CountAsync();
        for (var pair = 0; pair < Pairs; pair++)
        {
            var bytes = await SignedAsync();
            var answers = await Task.WhenAll(RawAnswer.SendAsync(_one.Address, bytes), RawAnswer.SendAsync(_other.Address, bytes));

            Assert.Equal([200, 401], answers.Select(a => a.Status).Order());
        }

        Assert.Equal(before + Pairs, await _provider.CountAsync());
    }

    [Fact]
    public async Task A_replay_is_refused_after_the_store_was_flushed()
    {
        var bytes = await PassingAsync(_one);

        await _redis.FlushAllAsync();

        await AssertStaysRefusedAsync(bytes);
    }

    [Fact]
    public async Task A_replay_is_refused_after_the_store_came_back_empty()
    {
        var bytes = await PassingAsync(_one);

        _redis.Stop();
        await AssertRefusedAsync(_one, bytes, ReasonCode.DependencyUnavailable);
        await _redis.StartAgainAsync(); // Without persistence: as a fail-over to a replica that has nothing.

        await AssertStaysRefusedAsync(bytes);
    }

    /// <summary>Refused by both, whatever the reason of the moment, and refused still when both let new requests in.</summary>
    private async Task AssertStaysRefusedAsync(byte[] bytes)
    {
        var sent = await _provider.CountAsync();
        for (var i = 0; i < 20; i++)
        {
            Assert.Contains((await RawAnswer.SendAsync(i % 2 == 0 ? _one.Address : _other.Address, bytes)).Status, new[] { 401, 503 });
        }

        Assert.Equal(sent, await _provider.CountAsync());
        await PassingAsync(_one);
        await PassingAsync(_other);
        sent = await _provider.CountAsync();
        Assert.Contains((await RawAnswer.SendAsync(_one.Address, bytes)).Status, new[] { 401, 503 });
        Assert.Contains((await RawAnswer.SendAsync(_other.Address, bytes)).Status, new[] { 401, 503 });
        Assert.Equal(sent, await _provider.CountAsync());
    }

    private async Task AssertRefusedAsync(RunningGateway gateway, byte[] bytes, ReasonCode reason)
    {
        var sent = await _provider.CountAsync();
        var answer = await RawAnswer.SendAsync(gateway.Address, bytes);

        RefusalShape.Check(answer, reason, Door.Tool, [RunningStandIn.CrmToken, _redis.Endpoint]);
        Assert.Equal(sent, await _provider.CountAsync());
        var bodies = JournalReading.Records(gateway.JournalPath, "demo").Select(r => r.GetProperty("body"));
        var record = bodies.Single(b =>
            b.TryGetProperty("request_id", out var id) && id.GetString() == answer.Header("Gateway-Request-Id")
        );
        Assert.Equal(Reasons.Of(reason).Code, record.GetProperty("reason").GetString());
    }

    /// <summary>The bytes of a request that has passed. Signs anew as long as the store's memory is too young.</summary>
    private async Task<byte[]> PassingAsync(RunningGateway gateway)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            var bytes = await SignedAsync();
            var answer = await RawAnswer.SendAsync(gateway.Address, bytes);
            if (answer.Status == 200)
            {
                return bytes;
            }

            Assert.True(answer.Status is 503, answer.Body);
            deadline.Token.ThrowIfCancellationRequested();
        }
    }

    private async Task<byte[]> SignedAsync() =>
        (await RawRequest.SignedAsync(Authority, _signer, "GET", AttackedGateway.Contacts)).ToBytes();
}
