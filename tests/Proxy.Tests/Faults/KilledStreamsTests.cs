using System.Diagnostics;
using System.Globalization;
using System.Text;
using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;
using Gateway.Proxy.Tests.Running;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace Gateway.Proxy.Tests.Faults;

/// <summary>
/// A kill while many streams run on two replicas, and while strangers flood the agents' doors: all of them end with their error event, and
/// nothing begins anew.
/// </summary>
public sealed class KilledStreamsTests(KilledReplicas replicas, ITestOutputHelper output) : IClassFixture<KilledReplicas>
{
    private const string StreamsSetting = "GATEWAY_KILLED_STREAMS";
    private const int AtOnce = 40;
    private const int Rounds = 10;

    /// <value>Each says something now and then: what so many say shares a machine with what is measured.</value>
    private const string Words = "!endless !pace 1000";

    /// <summary>As many as a plain test run has time for, unless more are asked for.</summary>
    private static readonly int Streams =
        int.TryParse(new ConfigurationBuilder().AddEnvironmentVariables().Build()[StreamsSetting], out var streams) && streams > 0
            ? streams
            : 200;

    [Theory]
    [InlineData(KillScope.Agent, "assistant", false)]
    [InlineData(KillScope.Agent, "assistant", true)]
    [InlineData(KillScope.Connector, "openai", false)]
    [InlineData(KillScope.Tenant, "", true)]
    [InlineData(KillScope.Everything, "", true)]
    public async Task All_running_streams_end_and_none_goes_on(KillScope scope, string target, bool flooded)
    {
        var streams = await OpenAsync();
        var floods = flooded ? await FloodAsync() : [];
        var (since, sent) = (Stopwatch.GetTimestamp(), await replicas.Provider.CountAsync());

        var kill = await replicas.SetAsync(scope, target);
        var ended = await Task.WhenAll(streams.Select(stream => EndAsync(stream, since)));

        foreach (var gateway in replicas.Gateways)
        {
            Assert.Equal((403, "killed"), await gateway.ChatAsync(replicas.Bearer));
        }

        Assert.Equal(Streams, ended.Count(one => one.Said.Contains($"is killed: {kill.Id}.", StringComparison.Ordinal)));
        Assert.Equal(sent, await replicas.Provider.CountAsync());
        foreach (var flood in floods)
        {
            await flood.DisposeAsync();
        }

        var outcomes = JournalRecords.Read(replicas.Gateways[0].JournalPath).Of("outcome").Where(IsKilled).Count();
        await replicas.LiftAsync(kill);
        Assert.Equal(0, outcomes % Streams); // Each stream of this round, and of those before.
        Assert.NotEqual(0, outcomes);
        Report(Vocabulary.KillScope.Text(scope), ended.Select(one => one.Took), floods.Sum(flood => flood.Rate));
    }

    /// <summary>Whoever hears of it first says so in the shared state, and the other one asks there at each admission.</summary>
    [Fact]
    public async Task Once_one_replica_has_said_it_no_other_admits_anything()
    {
        for (var round = 0; round < Rounds; round++)
        {
            var kill = await replicas.SetAsync(KillScope.Operation, "openai/chat");
            var last = await Service<IDurableStore>(0).LastChangeAsync(RunningGateway.Demo, CancellationToken.None);
            await Waiting.ForAsync(
                "it is said",
                async () => await Service<ISharedState>(0).ReadEpochAsync(RunningGateway.Demo, CancellationToken.None) >= last
            );

            foreach (var gateway in replicas.Gateways)
            {
                Assert.Equal((403, "killed"), await gateway.ChatAsync(replicas.Bearer));
            }

            await replicas.LiftAsync(kill);
        }
    }

    private T Service<T>(int replica)
        where T : notnull => replicas.Gateways[replica].Services.GetRequiredService<T>();

    private static bool IsKilled(System.Text.Json.JsonElement outcome) =>
        outcome.TryGetProperty("reason", out var reason) && reason.GetString() == "killed";

    /// <summary>Streams that have begun, every other one on the other replica.</summary>
    private async Task<IReadOnlyList<Stream>> OpenAsync()
    {
        var streams = new List<Stream>(Streams);
        while (streams.Count < Streams)
        {
            var next = Math.Min(AtOnce, Streams - streams.Count);
            streams.AddRange(await Task.WhenAll(Enumerable.Range(0, next).Select(i => BeginAsync(replicas.Gateways[i % 2]))));
        }

        return streams;
    }

    private async Task<Stream> BeginAsync(RunningGateway gateway)
    {
        var response = await gateway
            .Client.SendAsync(gateway.ChatRequest(replicas.Bearer, Words, stream: true), CancellationToken.None)
            .WaitAsync(Waiting.Deadline);
        Assert.Equal(200, (int)response.StatusCode);
        return await response.Content.ReadAsStreamAsync();
    }

    /// <summary>Reads a stream to its end: what it said last, and when its last byte came. One that is cut said nothing.</summary>
    private static async Task<(string Said, TimeSpan Took)> EndAsync(Stream stream, long since)
    {
        var (buffer, last) = (new byte[4096], "");
        try
        {
            while (await stream.ReadAsync(buffer).AsTask().WaitAsync(Waiting.Deadline) is > 0 and var read)
            {
                last = Encoding.UTF8.GetString(buffer, 0, read);
            }
        }
        catch (IOException)
        {
            last = "";
        }

        await stream.DisposeAsync();
        return (last, Stopwatch.GetElapsedTime(since));
    }

    private Task<Flood[]> FloodAsync() =>
        Task.WhenAll(replicas.Gateways.Select(gateway => Flood.StartAsync(gateway.Address, replicas.Signer, connections: 4)));

    private void Report(string scope, IEnumerable<TimeSpan> took, double flood)
    {
        var sorted = took.Select(one => one.TotalMilliseconds).Order().ToList();
        output.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{scope}{(flood > 0 ? $", {flood:F0} forged requests/s at the doors" : "")}: {sorted.Count} streams on two replicas, 0 "
                    + $"went on; until the last byte p50 {sorted[sorted.Count / 2]:F0} ms, p99 {sorted[(int)(sorted.Count * 0.99)]:F0} ms"
            )
        );
    }
}
