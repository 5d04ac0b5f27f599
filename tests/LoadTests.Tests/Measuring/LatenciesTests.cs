using Gateway.LoadTests.Measuring;

namespace Gateway.LoadTests.Tests.Measuring;

public sealed class LatenciesTests
{
    [Theory]
    [InlineData(0.5, 500)]
    [InlineData(0.99, 990)]
    [InlineData(1, 1000)]
    public void Percentile_OfThousandLatencies_IsTheirsToThreeDigits(double share, double milliseconds)
    {
        var latencies = Latencies.New();
        for (var i = 1; i <= 1000; i++)
        {
            latencies.Record(TimeSpan.FromMilliseconds(i));
        }

        Assert.Equal(milliseconds, latencies.Milliseconds(share), 0.001 * milliseconds);
    }

    [Fact]
    public void Sum_OfTwoThreads_HasTheTailOfBoth()
    {
        var (one, other) = (Latencies.New(), Latencies.New());
        one.Record(TimeSpan.FromMilliseconds(1));
        other.Record(TimeSpan.FromSeconds(10));
        one.Add(other);

        Assert.Equal(2, one.TotalCount);
        Assert.Equal(10_000, one.Milliseconds(1), 10.0);
    }

    [Fact]
    public void Latency_BelowZeroOrOverAnHour_CountsAsTheEnd()
    {
        var latencies = Latencies.New();
        latencies.Record(TimeSpan.FromTicks(-1));
        latencies.Record(TimeSpan.FromHours(2));

        Assert.Equal(0, latencies.Milliseconds(0));
        Assert.Equal(3_600_000, latencies.Milliseconds(1), 3600.0);
    }

    [Fact]
    public void Percentile_OfNothing_IsZero() => Assert.Equal(0, Latencies.New().Milliseconds(0.99));
}
