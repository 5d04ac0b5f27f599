using Gateway.Policy.Model;

namespace Gateway.Proxy.Forwarding;

/// <summary>
/// Leaves a failing system alone for a while: a circuit breaker over one connector, with a failure ratio in a window and a single probe after
/// the pause. Thread-safe. Only the head of an answer counts, so that a long stream doesn't hold a probe open.
/// </summary>
public sealed class Breaker(CircuitBreaker settings, TimeProvider time)
{
    private readonly Lock _lock = new();
    private long _windowStart = time.GetTimestamp();
    private int _requests;
    private int _failures;
    private long? _openedAt;
    private bool _probing;

    /// <summary>Null when the request may go; otherwise how long to wait. Each null is followed by one <see cref="Report"/> or <see cref="Abandon"/>.</summary>
    public TimeSpan? TryEnter()
    {
        lock (_lock)
        {
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
            return null;
        }
    }

    /// <param name="failed">The system couldn't be reached, was too slow, or answered with a server error.</param>
    public void Report(bool failed)
    {
        lock (_lock)
        {
            if (_openedAt is not null)
            {
                // What was under way when it opened says nothing new; only the probe does.
                if (_probing)
                {
                    _probing = false;
                    Close(reopen: failed);
                }

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

    /// <summary>The request ended without telling anything about the system, such as when its caller left.</summary>
    public void Abandon()
    {
        lock (_lock)
        {
            _probing = false;
        }
    }

    private void Close(bool reopen)
    {
        _openedAt = reopen ? time.GetTimestamp() : null;
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
