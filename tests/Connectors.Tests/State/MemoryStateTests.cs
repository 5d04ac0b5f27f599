using Gateway.Connectors.Contracts;
using Gateway.Connectors.State;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Tests.State;

public sealed class MemoryStateTests : SharedStateContract
{
    private readonly TwoClocks _time = new();

    protected override DateTimeOffset Now => _time.GetUtcNow().AddSeconds(5);

    protected override async Task<ISharedState> OpenAsync(params Id<Tenant>[] tenants) =>
        await OpenAsync(new MemoryStateOptions(), tenants);

    protected override Task PassAsync(TimeSpan time)
    {
        _time.Advance(time);
        return Task.CompletedTask;
    }

    private async Task<MemoryState> OpenAsync(MemoryStateOptions options, params Id<Tenant>[] tenants)
    {
        var state = new MemoryState(options, _time, ReadTruthAsync);
        await state.PrepareAsync(tenants, default);
        return state;
    }

    [Fact]
    public async Task Nonces_AreRememberedUntilTheSignatureHasExpiredForTheSkew()
    {
        await using var state = await OpenAsync(Tenant);
        var nonce = Nonce();
        Assert.Equal(AdmissionOutcome.Admitted, await AdmitAsync(state, Request() with { Nonce = nonce }));

        _time.Advance(nonce.Expires - _time.GetUtcNow() + TimeSpan.FromSeconds(4.999));

        Assert.Equal(AdmissionOutcome.Replayed, await AdmitAsync(state, Request() with { Nonce = nonce }));
        _time.Advance(TimeSpan.FromSeconds(0.001));
        Assert.NotEqual(AdmissionOutcome.Admitted, await AdmitAsync(state, Request() with { Nonce = nonce }));
    }

    [Fact]
    public async Task Nonces_ThatFillTheMemory_RefuseRatherThanForget()
    {
        await using var state = await OpenAsync(new MemoryStateOptions { MaxNonces = 3 }, Tenant);
        var first = Nonce();
        await AdmitAsync(state, Request() with { Nonce = first });
        await AdmitAsync(state, Request() with { Nonce = Nonce() });
        await AdmitAsync(state, Request() with { Nonce = Nonce() });

        Assert.Equal(AdmissionOutcome.Unavailable, await AdmitAsync(state, Request() with { Nonce = Nonce() }));
        Assert.NotEqual(AdmissionOutcome.Admitted, await AdmitAsync(state, Request() with { Nonce = first }));

        _time.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal(AdmissionOutcome.Admitted, await AdmitAsync(state, Request() with { Nonce = Nonce() }));
    }

    [Fact]
    public async Task Keys_ThatFillTheMemory_RefuseUntilOldOnesStopToMatter()
    {
        await using var state = await OpenAsync(new MemoryStateOptions { MaxKeys = 2 }, Tenant);
        var limit = new RateLimit(1, TimeSpan.FromSeconds(10), 1);
        await AdmitAsync(state, Request() with { Rates = [new("a", limit)] });
        await AdmitAsync(state, Request() with { Rates = [new("b", limit)] });

        Assert.Equal(AdmissionOutcome.Unavailable, await AdmitAsync(state, Request() with { Rates = [new("c", limit)] }));

        _time.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal(AdmissionOutcome.Admitted, await AdmitAsync(state, Request() with { Rates = [new("c", limit)] }));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public async Task ClockThatJumpsByAnHour_RefusesUntilSteady_AndNoReplayIsEverAdmitted(int hours)
    {
        await using var state = await OpenAsync(Tenant);
        var nonce = Nonce();
        Assert.Equal(AdmissionOutcome.Admitted, await AdmitAsync(state, Request() with { Nonce = nonce }));

        _time.JumpWall(TimeSpan.FromHours(hours));
        Assert.Equal(AdmissionOutcome.Unavailable, await AdmitAsync(state, Request()));
        _time.Advance(ClockGuard.SettleTime);
        Assert.Equal(AdmissionOutcome.Admitted, await AdmitAsync(state, Request()));

        for (var minute = 0; minute < 130; minute++)
        {
            Assert.NotEqual(AdmissionOutcome.Admitted, await AdmitAsync(state, Request() with { Nonce = nonce }));
            _time.Advance(TimeSpan.FromMinutes(1));
        }
    }

    [Fact]
    public async Task DurableStoreThatIsDown_StopsThePreparing()
    {
        var state = new MemoryState(new MemoryStateOptions(), _time, (_, _) => throw new DurableStoreException("down"));

        await Assert.ThrowsAsync<SharedStateException>(() => state.PrepareAsync([Tenant], default));
        Assert.Equal(AdmissionOutcome.Unavailable, await AdmitAsync(state, Request()));
    }

    [Fact]
    public async Task Settings_OutOfBounds_AreNamed()
    {
        var state = new MemoryState(new MemoryStateOptions { MaxNonces = 0 }, _time, ReadTruthAsync);

        var error = await Assert.ThrowsAsync<SharedStateException>(() => state.PrepareAsync([Tenant], default));
        Assert.Contains("MaxNonces", error.Message, StringComparison.Ordinal);
    }
}
