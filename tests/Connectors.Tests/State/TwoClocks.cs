namespace Gateway.Connectors.Tests.State;

/// <summary>A wall clock and a monotonic clock that go on together, or not.</summary>
internal sealed class TwoClocks : TimeProvider
{
    private long _wall = new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero).UtcTicks;
    private long _monotonic;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _wall), TimeSpan.Zero);

    public override long GetTimestamp() => Interlocked.Read(ref _monotonic);

    public void Advance(TimeSpan by)
    {
        Interlocked.Add(ref _wall, by.Ticks);
        Interlocked.Add(ref _monotonic, by.Ticks);
    }

    public void JumpWall(TimeSpan by) => Interlocked.Add(ref _wall, by.Ticks);
}
