using HdrHistogram;

namespace Gateway.LoadTests.Measuring;

/// <summary>
/// Histograms of latencies: nanoseconds up to an hour, each kept to three digits. A mean or a fixed set of buckets would hide the tail,
/// which is what a load test is for. One a thread, added up at the end.
/// </summary>
public static class Latencies
{
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    public static LongHistogram New() => new((long)Longest.TotalNanoseconds, numberOfSignificantValueDigits: 3);

    /// <param name="latency">What is below zero counts as zero: clocks of two cores can differ by a little. What is over an hour counts as
    /// one.</param>
    public static void Record(this LongHistogram histogram, TimeSpan latency) =>
        histogram.RecordValue((long)Math.Clamp(latency.TotalNanoseconds, 0, Longest.TotalNanoseconds));

    /// <param name="share">0 to 1; 0.99 is the 99th percentile.</param>
    /// <returns>0 when nothing was recorded.</returns>
    public static double Milliseconds(this LongHistogram histogram, double share) =>
        histogram.TotalCount == 0 ? 0 : histogram.GetValueAtPercentile(100 * share) / 1e6;
}
