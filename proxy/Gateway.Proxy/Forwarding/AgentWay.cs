using Gateway.Policy.Model;

namespace Gateway.Proxy.Forwarding;

/// <summary>
/// One agent's own way to a system: closed for a pause by a ratio of faults in a window, then a single probe. Not thread-safe.
/// </summary>
internal sealed class AgentWay(Id<Agent> agent, CircuitBreaker settings, TimeProvider time)
{
    private long _windowStart = time.GetTimestamp();
    private int _requests;
    private int _failures;
    private long? _openedAt;
    private bool _probing;
    private int _period; // Another one with each opening, each closing and each probe.

    public Id<Agent> Agent => agent;

    /// <summary>What the agent adds to what all see in one window.</summary>
    public WindowTally Common { get; set; }

    /// <value>Whether nothing of it counts any more.</value>
    public bool IsForgettable => _openedAt is null && time.GetElapsedTime(_windowStart) > settings.Window;

    /// <value>Whether it was closed and nothing that was tried since has gone well; no longer so once nobody tries it any more.</value>
    public bool IsClosed => _openedAt is { } opened && (_probing || time.GetElapsedTime(opened) <= settings.OpenFor + settings.Window);

    /// <summary>Null when the agent's request may go; otherwise how long to wait.</summary>
    public TimeSpan? Wait()
    {
        if (_openedAt is not { } opened)
        {
            return null;
        }

        var left = settings.OpenFor - time.GetElapsedTime(opened);
        return left > TimeSpan.Zero ? left
            : _probing ? settings.OpenFor
            : null;
    }

    /// <summary>The period that the request belongs to.</summary>
    public int Enter()
    {
        if (_openedAt is null)
        {
            return _period;
        }

        _probing = true;
        return ++_period;
    }

    public void Report(int period, bool failed)
    {
        if (period != _period)
        {
            return;
        }

        if (_probing)
        {
            Begin(open: failed);
            return;
        }

        if (time.GetElapsedTime(_windowStart) > settings.Window)
        {
            (_requests, _failures, _windowStart) = (0, 0, time.GetTimestamp());
        }

        _requests++;
        _failures += failed ? 1 : 0;
        if (_requests >= settings.MinimumRequests && _failures >= settings.FailureRatio * _requests)
        {
            Begin(open: true);
        }
    }

    public void Abandon(int period)
    {
        if (period == _period)
        {
            _probing = false;
        }
    }

    /// <summary>Begins a pause, or an open way.</summary>
    public void Begin(bool open)
    {
        _openedAt = open ? time.GetTimestamp() : null;
        _probing = false;
        _period++;
        (_requests, _failures, _windowStart) = (0, 0, time.GetTimestamp());
    }
}

/// <param name="Window">Which window it is of; one of another window counts as none.</param>
internal readonly record struct WindowTally(int Window, int Requests, int Failures);
