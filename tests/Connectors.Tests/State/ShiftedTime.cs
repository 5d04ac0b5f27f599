namespace Gateway.Connectors.Tests.State;

/// <summary>The machine's clocks, each moved by as much as the test says.</summary>
internal sealed class ShiftedTime : TimeProvider
{
    public TimeSpan Wall { get; set; }

    public TimeSpan Monotonic { get; set; }

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Wall;

    public override long GetTimestamp() => System.GetTimestamp() + (long)(Monotonic.TotalSeconds * TimestampFrequency);
}
