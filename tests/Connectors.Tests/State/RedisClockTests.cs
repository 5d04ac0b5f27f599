using Gateway.Connectors.State;

namespace Gateway.Connectors.Tests.State;

public sealed class RedisClockTests
{
    private const long Second = Micros.PerSecond;

    private readonly TwoClocks _time = new();

    [Fact]
    public void Clock_NeverHeardOf_IsEndlesslyFarAway() => Assert.Equal(long.MaxValue, new RedisClock(_time).ApartFromWall());

    [Fact]
    public void Clock_IsReckonedEarlyRatherThanLate()
    {
        var clock = new RedisClock(_time);
        Assert.True(clock.Observe(1_000 * Second, sent: 0, received: 100));
        Assert.Equal((1_000 * Second) - 100, clock.At(0));

        Assert.True(clock.Observe((1_000 * Second) + 10_000, sent: 9_900, received: 10_010));
        Assert.Equal((1_000 * Second) - 10, clock.At(0));
    }

    [Fact]
    public void SlowAnswer_DoesntMakeTheReckoningWorse()
    {
        var clock = new RedisClock(_time);
        clock.Observe(1_000 * Second, 0, 10);

        Assert.True(clock.Observe((1_000 * Second) + 500_000, 20, 900_000));

        Assert.Equal((1_000 * Second) - 10, clock.At(0));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(-2)]
    [InlineData(3600)]
    public void Clock_ThatJumps_IsNoticedOnce(int seconds)
    {
        var clock = new RedisClock(_time);
        clock.Observe(10_000 * Second, 0, 10);

        Assert.False(clock.Observe((10_000 + seconds) * Second, 20, 30));
        Assert.True(clock.Observe((10_000 + seconds) * Second, 40, 50));
        Assert.Equal(Math.Max(10_000, 10_000 + seconds) * Second, clock.Highest);
    }

    [Fact]
    public void Clock_ApartFromTheWall_IsMeasured()
    {
        var clock = new RedisClock(_time);
        var wall = Micros.From(_time.GetUtcNow());
        clock.Observe(wall + (3 * Second), clock.Local, clock.Local);

        Assert.Equal(3 * Second, clock.ApartFromWall());
    }
}
