namespace Gateway.LoadTests.Measuring;

/// <summary>One number for several rounds that a single bad one doesn't move.</summary>
internal static class Medians
{
    /// <exception cref="InvalidOperationException">There is nothing to take it of.</exception>
    public static double Compute(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        var middle = sorted.Count / 2;
        return sorted.Count switch
        {
            0 => throw new InvalidOperationException("The median of nothing."),
            _ when sorted.Count % 2 == 0 => (sorted[middle - 1] + sorted[middle]) / 2,
            _ => sorted[middle],
        };
    }
}
