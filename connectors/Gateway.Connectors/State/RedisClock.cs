namespace Gateway.Connectors.State;

/// <summary>
/// Redis' clock, told from this process' monotonic one: what a deadline in Redis' own time is reckoned by, and how a jump of Redis' clock
/// is noticed. Every answer carries Redis' time, which was read between sending and receiving; so each bounds the difference from both
/// sides. Thread-safe.
/// </summary>
internal sealed class RedisClock(TimeProvider time)
{
    private const long Tolerance = Micros.PerSecond;

    // As in ClockGuard: clocks are adjusted by at most 500 parts in a million; twice that is allowed.
    private const long DriftDivisor = 1000;

    private readonly Lock _gate = new();
    private bool _known;
    private long _offset;
    private long _observedAt;
    private long _highest;

    /// <summary>The latest time that Redis has ever shown.</summary>
    public long Highest
    {
        get
        {
            lock (_gate)
            {
                return _highest;
            }
        }
    }

    /// <summary>This process' monotonic clock in microseconds.</summary>
    public long Local => (long)(time.GetTimestamp() * ((double)Micros.PerSecond / time.TimestampFrequency));

    /// <summary>
    /// What Redis' clock shows at least at a moment of the local one; a little early rather than late, so that a deadline is never past the
    /// caller's.
    /// </summary>
    public long At(long local)
    {
        lock (_gate)
        {
            return local + _offset;
        }
    }

    /// <summary>How far Redis' clock and this machine's wall clock are apart, in microseconds; huge while Redis' is unknown.</summary>
    public long ApartFromWall()
    {
        lock (_gate)
        {
            return _known ? Math.Abs(Local + _offset - Micros.From(time.GetUtcNow())) : long.MaxValue;
        }
    }

    /// <summary>Takes in an answer; false when Redis' clock jumped since the last one.</summary>
    public bool Observe(long redis, long sent, long received)
    {
        lock (_gate)
        {
            var (least, most) = (redis - received, redis - sent);
            var slack = Tolerance + ((received - _observedAt) / DriftDivisor);
            var steady = !_known || (least <= _offset + slack && most >= _offset - slack);

            // The highest lower bound is the sharpest, until it can't be true any more.
            _offset = !_known || least > _offset || most < _offset ? least : _offset;
            (_known, _observedAt, _highest) = (true, received, Math.Max(_highest, redis));
            return steady;
        }
    }
}
