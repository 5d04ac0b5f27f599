using System.Numerics;

namespace Gateway.LoadTests.Measuring;

/// <summary>
/// Counts of durations over the whole range of a <see cref="long"/>, in nanoseconds, each kept to one part in 128 (the layout of
/// HdrHistogram). A mean or a fixed set of buckets would hide the tail, which is what a load test is for. Not thread-safe: one a thread,
/// added up at the end.
/// </summary>
public sealed class Histogram
{
    private const int Bits = 7;
    private const int Half = 1 << Bits;

    private readonly long[] _counts = new long[((64 - Bits) * Half) + Half];

    public long Count { get; private set; }

    /// <value>Nanoseconds; exact.</value>
    public long Max { get; private set; }

    /// <param name="nanoseconds">What is below zero counts as zero: clocks of two cores can differ by a little.</param>
    public void Record(long nanoseconds)
    {
        var value = Math.Max(0, nanoseconds);
        _counts[IndexOf(value)]++;
        Count++;
        Max = Math.Max(Max, value);
    }

    public void Add(Histogram other)
    {
        for (var i = 0; i < _counts.Length; i++)
        {
            _counts[i] += other._counts[i];
        }

        Count += other.Count;
        Max = Math.Max(Max, other.Max);
    }

    /// <param name="share">0 to 1; 0.99 is the 99th percentile.</param>
    /// <returns>Nanoseconds: the exact percentile, or at most one part in 128 above it; 0 when nothing was recorded.</returns>
    public long Percentile(double share)
    {
        var rank = Math.Max(1, (long)Math.Ceiling(Math.Clamp(share, 0, 1) * Count));
        long seen = 0;
        for (var i = 0; i < _counts.Length; i++)
        {
            seen += _counts[i];
            if (seen >= rank)
            {
                return Math.Min(HighestOf(i), Max);
            }
        }

        return Max;
    }

    public double Milliseconds(double share) => Percentile(share) / 1e6;

    private static int IndexOf(long value)
    {
        var shift = Math.Max(0, BitOperations.Log2((ulong)value) - Bits);
        return (shift * Half) + (int)(value >> shift);
    }

    private static long HighestOf(int index)
    {
        var shift = Math.Max(0, (index / Half) - 1);
        var lowest = (long)(index - (shift * Half)) << shift;
        return lowest + (1L << shift) - 1;
    }
}
