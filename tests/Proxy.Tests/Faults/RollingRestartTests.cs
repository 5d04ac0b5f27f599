using Gateway.Evidence.Verification;
using Gateway.Proxy.Identity.Signing;
using Gateway.Proxy.Tests.Attacks;
using Gateway.Proxy.Tests.StandIn;
using Gateway.Testing;
using Xunit.Abstractions;

namespace Gateway.Proxy.Tests.Faults;

/// <summary>Two replicas with one Redis behind a load balancer that looks at readiness, restarted in turn under load.</summary>
public sealed class RollingRestartTests(ITestOutputHelper output)
{
    private const string Authority = "gateway.example";
    private const int Rounds = 2;

    [Fact]
    public async Task Replicas_that_are_restarted_in_turn_fail_no_request_and_lose_no_record()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var provider = await RunningStandIn.StartAsync("--StandIn:Seen=0");
        await using var one = new GatewayProcess(provider.Address);
        await using var other = one.Replica();
        var (signer, bearer) = await one.PrepareAsync();
        string[] shared = ["--Gateway:State:Kind=redis", $"--Gateway:State:Endpoints:0={redis.Endpoint}", "--Gateway:Data:Replicas=2"];
        await RestartInTurnAsync(signer, bearer, [one, other], shared);
    }

    [Fact]
    public async Task Replicas_with_a_volume_each_fail_no_request_and_lose_no_record_either()
    {
        await using var redis = await RedisServer.StartAsync();
        var postgres = await PostgresServer.SharedAsync();
        var database = await postgres.NewDatabaseAsync();
        await using var provider = await RunningStandIn.StartAsync("--StandIn:Seen=0");
        await using var one = new GatewayProcess(provider.Address);
        await using var other = one.OnAnotherVolume();
        var (signer, bearer) = await one.PrepareSharedAsync(postgres, database);
        string[] shared =
        [
            .. SharedStorage.Settings(redis, postgres, database).Where(one => !one.StartsWith("--POSTGRES", StringComparison.Ordinal)),
            "--Gateway:Store:Deadline=00:00:02",
            $"--Gateway:Credentials:MountedFiles={one.Secrets}",
        ];
        await RestartInTurnAsync(signer, bearer, [one, other], shared);
    }

    private async Task RestartInTurnAsync(RequestSigner signer, string bearer, GatewayProcess[] replicas, string[] shared)
    {
        await Task.WhenAll(replicas.Select(replica => StartAsync(replica, shared)));

        var balancer = new LoadBalancer(replicas);
        await Waiting.ForAsync("both are used", () => replicas.All(balancer.Uses));
        var used = new List<byte[]>();
        await using var load = new Load(
            new Uri($"http://{Authority}"),
            signer,
            bearer,
            clients: 8,
            TimeSpan.FromMilliseconds(10),
            balancer
        );
        await load.SucceedsAsync(100);
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var replica in replicas)
            {
                used.Add(await OnceAsync(signer, replicas));
                await load.SucceedsAsync(100);
                replica.Terminate();
                Assert.Equal(0, await replica.EndedAsync());
                await load.SucceedsAsync(100);
                var ready = await StartAsync(replica, shared);
                await Waiting.ForAsync("it is used again", () => balancer.Uses(replica));
                output.WriteLine($"round {round}: ready again after {ready.TotalMilliseconds:F0} ms");
                await AssertAllRefusedAsync(used, replicas);
            }
        }

        await load.EndAsync();
        await balancer.EndAsync();
        Array.ForEach(replicas, replica => replica.Terminate());
        Assert.All(await Task.WhenAll(replicas.Select(replica => replica.EndedAsync())), code => Assert.Equal(0, code));
        Verify(load.Calls, balancer.PassedOn, used.Count, replicas);
    }

    private static Task<TimeSpan> StartAsync(GatewayProcess replica, string[] shared) =>
        replica.StartAsync([
            .. shared,
            "--Gateway:FrontDoor:Drain=00:00:01",
            $"--Gateway:FrontDoor:Authorities:0={Authority}",
            $"--Gateway:FrontDoor:Authorities:1={replica.Address.Authority}",
        ]);

    /// <summary>One signed request, sent to both at once: exactly one lets it in. One that was told to retry proves nothing.</summary>
    private static async Task<byte[]> OnceAsync(RequestSigner signer, GatewayProcess[] replicas)
    {
        while (true)
        {
            var sent = (await RawRequest.SignedAsync(Authority, signer, "GET", "/tools/crm/contacts/c-1")).ToBytes();
            var answers = await Task.WhenAll(replicas.Select(replica => RawAnswer.SendAsync(replica.Address, sent)));
            var statuses = answers.Select(answer => answer.Status).Order().ToList();
            Assert.True(statuses.Count(status => status == 200) <= 1, string.Join(' ', statuses));
            if (!statuses.Contains(503))
            {
                Assert.Equal([200, 401], statuses);
                return sent;
            }
        }
    }

    private static async Task AssertAllRefusedAsync(List<byte[]> used, GatewayProcess[] replicas)
    {
        foreach (var bytes in used)
        {
            foreach (var replica in replicas)
            {
                Assert.Contains((await RawAnswer.SendAsync(replica.Address, bytes)).Status, new[] { 401, 503 });
            }
        }
    }

    private void Verify(IReadOnlyCollection<Call> calls, int passedOn, int used, GatewayProcess[] replicas)
    {
        var outcomes = new Dictionary<string, string>();
        foreach (var replica in replicas)
        {
            var result = JournalVerifier.Verify(replica.JournalPath);
            Assert.True(result.IsGood, result.Problem?.ToString());
            Assert.Equal(0, result.OpenDecisions);
            foreach (var (decision, status) in JournalRecords.Read(replica.JournalPath).Outcomes())
            {
                outcomes.Add(decision, status);
            }
        }

        var told = calls.Where(call => call.RefusedForNow).ToList();
        Assert.All(calls.Except(told), call => Assert.True(call.Succeeded, call.ToString()));
        Assert.All(calls.Where(call => call.Succeeded), call => Assert.Equal("completed", outcomes.GetValueOrDefault(call.DecisionId!)));
        output.WriteLine(
            $"{Load.Worst(calls)}; {2 * Rounds} restarts: 0 failed, {told.Count} told to retry, {passedOn} refused by a closed port and "
                + "sent to the other"
        );
        output.WriteLine($"{used} signed requests sent to both at once, each let in once and never again; 0 open, 0 lost");
    }
}
