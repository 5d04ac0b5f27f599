namespace Gateway.Connectors.State;

/// <summary>
/// Notices when the wall clock jumps against the monotonic one. Signatures, tokens and nonces are judged by the wall clock; after a jump
/// old ones could count again and live ones could seem expired, so everything is refused until the clock is steady. Thread-safe.
/// </summary>
/// <remarks>
/// It sees what happens between two calls: call it on every request. A suspended machine looks like a jump, and rightly so.
/// </remarks>
public sealed class ClockGuard(TimeProvider time)
{
    /// <summary>How long the clock must have run evenly before it is trusted again.</summary>
    public static readonly TimeSpan SettleTime = TimeSpan.FromSeconds(1);

    /// <summary>A difference that isn't a jump.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(1);

    // Adjusting a clock gently moves it by at most 500 parts in a million (adjtime, ntpd); twice that is allowed for the time between two
    // calls.
    private const int DriftDivisor = 1000;

    private readonly Lock _gate = new();
    private readonly long _origin = time.GetTimestamp();
    private DateTimeOffset _wall = time.GetUtcNow();
    private DateTimeOffset _highest = time.GetUtcNow();
    private TimeSpan _elapsed;
    private TimeSpan _steadyFrom;
    private long _jumps;

    /// <summary>True, and the time, when the clock can be trusted; false for <see cref="SettleTime"/> after every jump.</summary>
    public bool TryRead(out ClockReading reading)
    {
        lock (_gate)
        {
            var elapsed = time.GetElapsedTime(_origin);
            var wall = time.GetUtcNow();
            var jump = (wall - _wall - (elapsed - _elapsed)).Duration();
            if (jump > Tolerance + ((elapsed - _elapsed) / DriftDivisor))
            {
                _jumps++;
                _steadyFrom = elapsed + SettleTime;
            }

            (_wall, _elapsed) = (wall, elapsed);
            _highest = wall > _highest ? wall : _highest;
            reading = new ClockReading(wall, _highest, _jumps);
            return elapsed >= _steadyFrom;
        }
    }
}

/// <summary>What <see cref="ClockGuard"/> read.</summary>
/// <param name="Now">The wall clock.</param>
/// <param name="Highest">The latest time that the wall clock has ever shown: what was accepted until now can't be from much later.</param>
/// <param name="Jumps">How often the clock has jumped so far.</param>
public readonly record struct ClockReading(DateTimeOffset Now, DateTimeOffset Highest, long Jumps);
