using Gateway.Connectors.Contracts;
using Gateway.Connectors.State;
using Gateway.Policy.Model;
using Gateway.Proxy.Admission;
using Gateway.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gateway.Proxy.Tests.Admission;

public sealed class SettlementsTests
{
    private static readonly Id<Tenant> Acme = Id<Tenant>.Parse("acme");

    [Fact]
    public async Task Stop_WaitsForWhatIsUnderWay_SoThatTheLastRequestsSlotsAreFree()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var state = new RedisState(
            new RedisStateOptions { Endpoints = [redis.Endpoint], Deadline = TimeSpan.FromSeconds(2) },
            TimeProvider.System,
            (_, _) => Task.FromResult(0L)
        );
        await state.PrepareAsync([Acme], CancellationToken.None);
        var request = new AdmissionRequest
        {
            Tenant = Acme,
            RequestId = "last",
            Epoch = 0,
            Concurrency = [new("c", 1)],
        };
        var admitted = new AdmittedRequest(request, await state.AdmitAsync(request, CancellationToken.None), default)
        {
            DecisionId = new('a', 32),
        };
        using var settlements = Of(state);

        redis.Pause();
        settlements.Settle(admitted, tokensUsed: null);
        var stopped = settlements.StopAsync(CancellationToken.None);
        Assert.False(stopped.IsCompleted);
        redis.Resume();

        await stopped.WaitAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(
            AdmissionOutcome.Admitted,
            (await state.AdmitAsync(request with { RequestId = "next" }, CancellationToken.None)).Outcome
        );
    }

    [Fact]
    public async Task Stop_WithNothingUnderWay_EndsAtOnce()
    {
        await using var state = new MemoryState(
            new MemoryStateOptions { AllowedClockSkew = TimeSpan.Zero },
            TimeProvider.System,
            (_, _) => Task.FromResult(0L)
        );
        using var settlements = Of(state);

        Assert.True(settlements.StopAsync(CancellationToken.None).IsCompletedSuccessfully);
    }

    private static Settlements Of(ISharedState state)
    {
        var options = new AdmissionOptions();
        var leases = new HeldLeases(options, () => [Acme], state, TimeProvider.System, NullLogger<HeldLeases>.Instance);
        return new Settlements(options, state, leases, TimeProvider.System, NullLogger<Settlements>.Instance);
    }
}
