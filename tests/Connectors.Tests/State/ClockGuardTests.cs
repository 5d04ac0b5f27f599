using Gateway.Connectors.State;

namespace Gateway.Connectors.Tests.State;

public sealed class ClockGuardTests
{
    private readonly TwoClocks _time = new();

    [Fact]
    public void Clock_ThatGoesEvenly_IsTrusted()
    {
        var guard = new ClockGuard(_time);
        for (var i = 0; i < 100; i++)
        {
            _time.Advance(TimeSpan.FromMinutes(i));
            Assert.True(guard.TryRead(out var reading));
            Assert.Equal(_time.GetUtcNow(), reading.Now);
            Assert.Equal(0, reading.Jumps);
        }
    }

    [Theory]
    [InlineData(1.5)]
    [InlineData(-1.5)]
    [InlineData(3600)]
    [InlineData(-3600)]
    public void Clock_ThatJumps_IsRefusedUntilItHasBeenSteady(double seconds)
    {
        var guard = new ClockGuard(_time);
        var before = _time.GetUtcNow();
        _time.JumpWall(TimeSpan.FromSeconds(seconds));

        Assert.False(guard.TryRead(out var reading));
        Assert.Equal(1, reading.Jumps);
        Assert.Equal(seconds > 0 ? _time.GetUtcNow() : before, reading.Highest);

        _time.Advance(ClockGuard.SettleTime - TimeSpan.FromMilliseconds(1));
        Assert.False(guard.TryRead(out _));
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(guard.TryRead(out _));
    }

    [Fact]
    public void Clock_ThatJumpsAgainWhileRefused_IsRefusedForLonger()
    {
        var guard = new ClockGuard(_time);
        _time.JumpWall(TimeSpan.FromHours(1));
        Assert.False(guard.TryRead(out _));
        _time.Advance(TimeSpan.FromMilliseconds(900));
        _time.JumpWall(TimeSpan.FromHours(-1));
        Assert.False(guard.TryRead(out _));

        _time.Advance(TimeSpan.FromMilliseconds(900));

        Assert.False(guard.TryRead(out var reading));
        Assert.Equal(2, reading.Jumps);
    }

    [Fact]
    public void Clock_ThatIsAdjustedGently_IsTrusted()
    {
        var guard = new ClockGuard(_time);
        for (var hour = 0; hour < 24; hour++)
        {
            _time.Advance(TimeSpan.FromHours(1));
            _time.JumpWall(TimeSpan.FromSeconds(1.8));
            Assert.True(guard.TryRead(out _));
        }
    }
}
