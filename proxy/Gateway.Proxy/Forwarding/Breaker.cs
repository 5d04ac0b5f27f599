using Gateway.Policy.Model;

namespace Gateway.Proxy.Forwarding;

/// <summary>
/// Leaves a failing system alone for a while: a circuit breaker over one connector, with a failure ratio in a window and a single probe
/// after the pause. Thread-safe. Only the head of an answer counts, so that a long stream doesn't hold a probe open.
/// </summary>
public sealed class Breaker(CircuitBreaker settings, TimeProvider time)
{
    private readonly Lock _lock = new();
    private long _windowStart = time.GetTimestamp();
    private int _requests;
    private int _failures;
    private long? _openedAt;
    private bool _probing;
    private int _period; // Another one with each opening, each closing and each probe.

    /// <summary>Null when the request may go; otherwise how long to wait.</summary>
    /// <param name="passage">For the request that may go.</param>
    public TimeSpan? TryEnter(out BreakerPermit passage)
    {
        lock (_lock)
        {
            passage = new(this, _period);
            if (_openedAt is not { } opened)
            {
                return null;
            }

            var left = settings.OpenFor - time.GetElapsedTime(opened);
            if (left > TimeSpan.Zero)
            {
                return left;
            }

            if (_probing)
            {
                return settings.OpenFor;
            }

            _probing = true;
            passage = new(this, ++_period);
            return null;
        }
    }

    internal void Report(int period, bool failed)
    {
        lock (_lock)
        {
            if (period != _period)
            {
                return;
            }

            if (_probing)
            {
                Close(reopen: failed);
                return;
            }

            Roll();
            _requests++;
            _failures += failed ? 1 : 0;
            if (_requests >= settings.MinimumRequests && _failures >= settings.FailureRatio * _requests)
            {
                Close(reopen: true);
            }
        }
    }

    internal void Abandon(int period)
    {
        lock (_lock)
        {
            if (period == _period)
            {
                _probing = false;
            }
        }
    }

    private void Close(bool reopen)
    {
        _openedAt = reopen ? time.GetTimestamp() : null;
        _probing = false;
        _period++;
        (_requests, _failures, _windowStart) = (0, 0, time.GetTimestamp());
    }

    private void Roll()
    {
        if (time.GetElapsedTime(_windowStart) > settings.Window)
        {
            (_requests, _failures, _windowStart) = (0, 0, time.GetTimestamp());
        }
    }
}

/// <summary>
/// One request's way past its breaker, to be reported or abandoned once. What it says counts only while the breaker is as it was when it
/// let the request through: one that was under way when the breaker opened says nothing of a system that is being tried again.
/// </summary>
public readonly struct BreakerPermit(Breaker breaker, int period)
{
    /// <param name="failed">The system couldn't be reached, was too slow, or answered with a server error.</param>
    public void Report(bool failed) => breaker.Report(period, failed);

    /// <summary>The request ended without telling anything about the system, such as when its caller left.</summary>
    public void Abandon() => breaker.Abandon(period);
}
