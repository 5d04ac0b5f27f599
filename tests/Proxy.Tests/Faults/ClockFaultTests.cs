using Gateway.Evidence.Verification;
using Gateway.Proxy.Identity.Signing;
using Gateway.Proxy.Tests.Attacks;
using Gateway.Proxy.Tests.StandIn;
using Xunit.Abstractions;

namespace Gateway.Proxy.Tests.Faults;

/// <summary>
/// The wall clock jumps by an hour and back, under load: nothing that was used before is let in again at any of its times. That a decision
/// token is refused by a clock that went either way is in <see cref="Decisions.DecisionTokensTests"/>.
/// </summary>
public sealed class ClockFaultTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Asked = 50;

    private readonly FakeTime _time = new();
    private readonly List<byte[]> _used = [];
    private RunningStandIn _provider = null!;
    private GatewayProcess _gateway = null!;
    private RequestSigner _signer = null!;
    private string _bearer = "";

    public async Task InitializeAsync()
    {
        _provider = await RunningStandIn.StartAsync("--StandIn:Seen=0");
        _gateway = new GatewayProcess(_provider.Address);
        (_signer, _bearer) = await _gateway.PrepareAsync(_time);
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _provider.DisposeAsync();
        _time.Dispose();
    }

    [FakeTimeFact]
    public Task A_clock_that_jumps_an_hour_ahead_and_back_lets_nothing_in_twice() => JumpsAsync(TimeSpan.FromHours(1), TimeSpan.Zero);

    [FakeTimeFact]
    public Task A_clock_that_jumps_an_hour_back_and_ahead_lets_nothing_in_twice() => JumpsAsync(TimeSpan.FromHours(-1), TimeSpan.Zero);

    private async Task JumpsAsync(params TimeSpan[] jumps)
    {
        _time.Give(_gateway);
        await _gateway.StartAsync();
        await using var load = new Load(_gateway.Address, _signer, _bearer, clients: 8, TimeSpan.FromMilliseconds(10));
        await load.SucceedsAsync(100);
        foreach (var ahead in jumps)
        {
            if (_time.Ahead >= TimeSpan.Zero)
            {
                _used.Add(await UsedAsync()); // Before its latest time a gateway lets no signed request in, since it can't tell a replay.
            }

            _time.Jump(ahead);
            var jumped = Load.Now;
            await Waiting.ForAsync(
                "the jump is noticed",
                () => load.Since(jumped).Any(c => c is { Status: 503, Code: "dependency_unavailable" })
            );
            await AssertNoReplayAsync();
            var noticed = Load.Now;
            await Waiting.ForAsync("calls with a key go on", () => load.Since(noticed).Count(c => c.Succeeded && !c.Signed) >= Asked);
            await AssertNoReplayAsync();
            var since = load.Since(noticed).Where(c => c.Signed).CountBy(c => $"{c.Status} {c.Code}").Select(c => $"{c.Value} x {c.Key}");
            output.WriteLine(
                $"clock at {ahead.TotalMinutes:+0;-0;0} min: calls with a key go on after "
                    + $"{load.FirstSuccess(noticed, signed: false).TotalMilliseconds:F0} ms; "
                    + "signed ones since: "
                    + string.Join(", ", since)
            );
        }

        await load.EndAsync();
        await AssertNoReplayAsync();
        await VerifyAsync(load.Calls);
    }

    /// <summary>A signed request that was let in.</summary>
    private async Task<byte[]> UsedAsync()
    {
        var bytes = Array.Empty<byte>();
        await Waiting.ForAsync(
            "a signed call succeeds",
            async () =>
            {
                bytes = (await RawRequest.SignedAsync(_gateway.Address.Authority, _signer, "GET", "/tools/crm/contacts/c-1")).ToBytes();
                return (await RawAnswer.SendAsync(_gateway.Address, bytes)).Status == 200;
            }
        );
        return bytes;
    }

    private async Task AssertNoReplayAsync()
    {
        foreach (var bytes in _used)
        {
            Assert.Contains((await RawAnswer.SendAsync(_gateway.Address, bytes)).Status, new[] { 401, 503 });
        }
    }

    private async Task VerifyAsync(IReadOnlyCollection<Call> calls)
    {
        _gateway.Terminate();
        Assert.Equal(0, await _gateway.EndedAsync());
        var result = JournalVerifier.Verify(_gateway.JournalPath);
        Assert.True(result.IsGood, result.Problem?.ToString());
        Assert.Equal(0, result.OpenDecisions);
        var outcomes = JournalRecords.Read(_gateway.JournalPath).Outcomes();
        var succeeded = calls.Where(c => c.Succeeded).ToList();
        Assert.All(calls.Except(succeeded), c => Assert.True(c.Status is 401 or 503 && (c.Signed || c.Status == 503), c.ToString()));
        Assert.All(succeeded, c => Assert.Equal("completed", outcomes.GetValueOrDefault(c.DecisionId!)));
        Assert.Equal(succeeded.Count + _used.Count, await _provider.CountAsync());
        output.WriteLine($"{Load.Worst(calls)}; {succeeded.Count} let in, as many sent, 0 replays let in, 0 open, 0 lost");
    }
}
