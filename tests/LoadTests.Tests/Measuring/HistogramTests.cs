using FsCheck;
using FsCheck.Fluent;
using Gateway.LoadTests.Measuring;

namespace Gateway.LoadTests.Tests.Measuring;

public sealed class HistogramTests
{
    private static readonly double[] Shares = [0, 0.5, 0.9, 0.99, 0.999, 1];

    [Fact]
    public void Percentile_OfAnyValues_IsTheExactOneOrUpToOnePartIn128Above() =>
        Prop.ForAll(
                Values().ToArbitrary(),
                values =>
                {
                    var histogram = Of(values);
                    return Shares.All(share =>
                    {
                        var (exact, found) = (Exact(values, share), histogram.Percentile(share));
                        return found >= exact && found - exact <= exact / 128;
                    });
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Sum_OfTwo_IsTheHistogramOfAllValues() =>
        Prop.ForAll(
                Values().ToArbitrary(),
                Values().ToArbitrary(),
                (a, b) =>
                {
                    var (sum, all) = (Of(a), Of([.. a, .. b]));
                    sum.Add(Of(b));
                    return sum.Count == all.Count
                        && sum.Max == all.Max
                        && Shares.All(share => sum.Percentile(share) == all.Percentile(share));
                }
            )
            .QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(0, 0)]
    [InlineData(255, 255)]
    [InlineData(long.MaxValue, long.MaxValue)]
    public void Value_AtTheEndsOfTheRange_IsKept(long recorded, long found) => Assert.Equal(found, Of([recorded]).Percentile(1));

    [Fact]
    public void Percentile_OfNothing_IsZero() => Assert.Equal(0, new Histogram().Percentile(0.99));

    private static Gen<long[]> Values() =>
        from values in (from bits in Gen.Choose(0, 31) from low in Gen.Choose(0, int.MaxValue) select (long)low << bits >> 10).ListOf()
        where values.Count > 0
        select values.ToArray();

    private static Histogram Of(long[] values)
    {
        var histogram = new Histogram();
        Array.ForEach(values, histogram.Record);
        return histogram;
    }

    private static long Exact(long[] values, double share) =>
        values.Order().ElementAt((int)Math.Max(1, Math.Ceiling(share * values.Length)) - 1);
}
