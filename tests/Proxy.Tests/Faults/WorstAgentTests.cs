using System.Globalization;
using Gateway.Proxy.Identity.Signing;
using Gateway.Proxy.Tests.StandIn;
using Xunit.Abstractions;

namespace Gateway.Proxy.Tests.Faults;

/// <summary>One agent at its worst, beside another of the same tenant that works.</summary>
public sealed class WorstAgentTests(ITestOutputHelper output) : IAsyncLifetime
{
    /// <value>Of what the gateway can do at most: what the other agent asks for.</value>
    private const double Share = 0.2;

    private const int Calls = 1_500;
    private const int Rounds = 4;

    /// <value>What the worst agent may write in an hour, in bytes: its own rate of 10 calls a second has two records of some 2.5 kB each,
    /// which is 180 MB; what is refused has a record a second for each reason.</value>
    private const double MostAnHour = 300e6;

    private RunningStandIn _provider = null!;
    private GatewayProcess _gateway = null!;
    private RequestSigner _signer = null!;
    private string _bearer = "";
    private string _worst = "";

    public async Task InitializeAsync()
    {
        _provider = await RunningStandIn.StartAsync("--StandIn:Seen=0");
        _gateway = new GatewayProcess(_provider.Address);
        (_signer, _bearer) = await _gateway.PrepareAsync();
        _worst = await _gateway.NewBearerAsync("intern");
        Limit();
        await _gateway.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _provider.DisposeAsync();
    }

    [Fact]
    public async Task An_agent_at_its_worst_costs_another_no_answer_and_little_time()
    {
        using var client = new HttpMessageInvoker(new SocketsHttpHandler { UseProxy = false, UseCookies = false });
        double perSecond;
        await using (var load = new Load(_gateway.Address, _signer, _bearer, clients: 16, TimeSpan.Zero))
        {
            await load.SucceedsAsync(1_000); // Warm.
            perSecond = Share * await load.RateAsync(3_000);
        }

        double within;
        var round = 0;
        do
        {
            var quiet = OpenLoop.Quantile(await WorkAsync(client, perSecond), 0.99);
            var (before, written) = (Load.Now, JournalBytes());
            IReadOnlyList<(int Status, TimeSpan Took)> beside;
            string said;
            await using (var worst = new WorstAgent(_gateway.Address, _worst))
            {
                beside = await WorkAsync(client, perSecond);
                await Waiting.ForAsync("it was in the way", () => worst.Sent > WorstAgent.PerSecond);
                said = worst.Said;
            }

            var seconds = System.Diagnostics.Stopwatch.GetElapsedTime(before).TotalSeconds;
            var own = JournalBytes() - written - (BytesACall * beside.Count);
            var hour = own / seconds * 3600;
            within = (double)beside.Count(call => call.Took <= 2 * quiet) / beside.Count;
            Assert.All(beside, call => Assert.Equal(200, call.Status));
            Assert.InRange(hour, double.NegativeInfinity, MostAnHour);
            output.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{perSecond:F0} calls/s beside {WorstAgent.PerSecond}/s at their worst ({said}): 0 of {beside.Count} refused, "
                        + $"{within:P1} within twice the quiet p99 of {quiet.TotalMilliseconds:F1} ms; "
                        + $"the worst writes {hour / 1e6:F0} MB an hour"
                )
            );
        } while (within < 0.95 && ++round < Rounds);

        Assert.True(within >= 0.95, $"{within:P1} of the answers came within twice the quiet p99.");
    }

    private double BytesACall { get; set; }

    private async Task<IReadOnlyList<(int Status, TimeSpan Took)>> WorkAsync(HttpMessageInvoker client, double perSecond)
    {
        var written = JournalBytes();
        var calls = await OpenLoop.RunAsync(
            Calls,
            perSecond,
            async _ =>
            {
                using var request = BearerChat.To(_gateway.Address, _bearer);
                using var response = await client.SendAsync(request, CancellationToken.None).WaitAsync(Waiting.Deadline);
                await response.Content.ReadAsByteArrayAsync().WaitAsync(Waiting.Deadline);
                return (int)response.StatusCode;
            }
        );
        BytesACall = BytesACall == 0 ? (double)(JournalBytes() - written) / Calls : BytesACall;
        return calls;
    }

    /// <summary>Without a file that gets its final name meanwhile.</summary>
    private long JournalBytes() =>
        new DirectoryInfo(_gateway.JournalPath).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Exists ? file.Length : 0);

    /// <summary>
    /// The worst one has the limits that every agent should have; the other has none, so that only the worst one can refuse it.
    /// </summary>
    private void Limit()
    {
        var agents = Path.Combine(_gateway.Governance, "agents.yaml");
        var text = File.ReadAllText(agents);
        var at = text.IndexOf("  modelTokens:", text.IndexOf("name: intern", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.True(at > 0);
        File.WriteAllText(agents, text.Insert(at, "  rate: {requests: 600, period: 1m, burst: 10}\n  concurrency: 16\n"));
    }
}
