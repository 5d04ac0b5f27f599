using Gateway.Connectors.Contracts;
using Gateway.Connectors.State;
using Gateway.Policy.Model;
using Gateway.Proxy.Admission;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Gateway.Proxy.Tests.Admission;

/// <summary>What running requests hold is renewed, and nothing else.</summary>
public sealed class HeldLeasesTests
{
    private static readonly Id<Tenant> Acme = Id<Tenant>.Parse("acme");

    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddYears(56));
    private readonly MemoryState _state;
    private readonly HeldLeases _leases;

    public HeldLeasesTests()
    {
        _state = new MemoryState(new MemoryStateOptions(), _time, (_, _) => Task.FromResult(0L));
        _leases = new HeldLeases(new AdmissionOptions(), () => [Acme], _state, _time, NullLogger<HeldLeases>.Instance);
    }

    [Fact]
    public async Task Running_request_keeps_its_slot_for_as_long_as_it_runs()
    {
        var held = await HoldAsync(TimeSpan.FromMinutes(10));

        await PassAsync(TimeSpan.FromMinutes(5));
        Assert.Equal(AdmissionOutcome.ConcurrencyLimited, await TryAsync());

        _leases.Remove(held);
        await PassAsync(TimeSpan.FromSeconds(15));
        Assert.Equal(AdmissionOutcome.Admitted, await TryAsync());
    }

    [Fact]
    public async Task Request_that_a_fault_lost_keeps_nothing_beyond_its_connectors_time_and_a_minute()
    {
        await HoldAsync(TimeSpan.FromMinutes(2));

        await PassAsync(TimeSpan.FromMinutes(3) + TimeSpan.FromSeconds(15));

        Assert.Equal(AdmissionOutcome.Admitted, await TryAsync());
    }

    [Fact]
    public async Task Decisions_that_an_earlier_run_left_open_hold_nothing_from_the_start_on()
    {
        var left = await HoldAsync(TimeSpan.FromMinutes(2));

        await _leases.GiveBackAsync(Acme, [left.RequestId], CancellationToken.None);

        Assert.Equal(AdmissionOutcome.Admitted, await TryAsync());
    }

    private static AdmissionRequest Request() =>
        new()
        {
            Tenant = Acme,
            RequestId = Gateway.Proxy.FrontDoor.Identifier.Next(),
            Epoch = 0,
            Concurrency = [new("c", 1)],
            Lease = new AdmissionOptions().Lease,
        };

    private async Task<AdmissionRequest> HoldAsync(TimeSpan runsFor)
    {
        await _state.PrepareAsync([Acme], CancellationToken.None);
        var request = Request();
        Assert.Equal(AdmissionOutcome.Admitted, (await _state.AdmitAsync(request, CancellationToken.None)).Outcome);
        _leases.Add(request, runsFor);
        return request;
    }

    private async Task<AdmissionOutcome> TryAsync() => (await _state.AdmitAsync(Request(), CancellationToken.None)).Outcome;

    /// <summary>As often as it renews in that time.</summary>
    private async Task PassAsync(TimeSpan passed)
    {
        var step = new AdmissionOptions().Lease / 3;
        for (var done = TimeSpan.Zero; done < passed; done += step)
        {
            _time.Advance(step);
            await _leases.RenewAsync(CancellationToken.None);
        }
    }
}
