using Gateway.Policy.Model;

namespace Gateway.Proxy.Forwarding;

/// <summary>
/// The way that all agents share to a system. It is closed when requests fail by the ratio, and still do without those of the agent that
/// sees most faults; a system that can't be reached counts whoever asks. Not thread-safe.
/// </summary>
internal sealed class CommonWay(CircuitBreaker settings, TimeProvider time)
{
    /// <value>How many requests others than the worst agent must have made.</value>
    private readonly int _minimumOfOthers = (settings.MinimumRequests + 1) / 2;

    private long _windowStart = time.GetTimestamp();
    private int _window = 1;
    private int _requests;
    private int _failures;
    private WindowTally _worst;
    private long? _openedAt;
    private AgentWay? _prober;
    private long _probedAt;
    private AgentWay? _failedProber;
    private int _period; // Another one with each opening, each closing and each probe.

    /// <value>Whether it was closed and nothing that was tried since has gone well; no longer so once nobody tries it any more.</value>
    public bool IsClosed =>
        _openedAt is { } opened && (_prober is not null || time.GetElapsedTime(opened) <= settings.OpenFor + settings.Window);

    /// <summary>Null when the agent's request may go; otherwise how long to wait.</summary>
    public TimeSpan? Wait(AgentWay way)
    {
        if (_openedAt is not { } opened)
        {
            return null;
        }

        var left = settings.OpenFor - time.GetElapsedTime(opened);
        return left > TimeSpan.Zero ? left
            : MayProbe(way) ? null
            : settings.OpenFor;
    }

    /// <summary>The period that the request belongs to.</summary>
    public int Enter(AgentWay way)
    {
        if (_openedAt is null)
        {
            return _period;
        }

        (_prober, _probedAt) = (way, time.GetTimestamp());
        return ++_period;
    }

    /// <summary>True when a window has passed.</summary>
    public bool Report(int period, AgentWay way, SystemFault fault)
    {
        if (period != _period)
        {
            return false;
        }

        if (_prober is not null)
        {
            Conclude(way, fault);
            return false;
        }

        var rolled = time.GetElapsedTime(_windowStart) > settings.Window;
        if (rolled)
        {
            BeginWindow();
        }

        Count(way, fault);
        if (fault != SystemFault.None && IsFailing())
        {
            Begin(open: true);
        }

        return rolled;
    }

    public void Abandon(int period)
    {
        if (period == _period)
        {
            _prober = null;
        }
    }

    /// <summary>
    /// One at a time. One that takes longer than the pause doesn't keep others from finding out: a single agent's slow request would hold
    /// the way closed.
    /// </summary>
    private bool MayProbe(AgentWay way) =>
        _prober is null || (_prober.Agent != way.Agent && time.GetElapsedTime(_probedAt) > settings.OpenFor);

    /// <summary>
    /// A probe that an agent may have made fail itself closes its own way, and the next agent tries: only the second one's says that the
    /// system still fails.
    /// </summary>
    private void Conclude(AgentWay way, SystemFault fault)
    {
        if (fault == SystemFault.Provoked && (_failedProber is null || _failedProber.Agent == way.Agent))
        {
            _failedProber = way;
            _prober = null;
            _period++;
            way.Begin(open: true);
        }
        else
        {
            Begin(open: fault != SystemFault.None);
        }
    }

    private void Count(AgentWay way, SystemFault fault)
    {
        _requests++;
        _failures += fault == SystemFault.None ? 0 : 1;
        if (fault == SystemFault.Unreachable)
        {
            return; // Nobody's in particular.
        }

        var own = way.Common.Window == _window ? way.Common : new WindowTally(_window, 0, 0);
        way.Common = own = own with { Requests = own.Requests + 1, Failures = own.Failures + (fault == SystemFault.Provoked ? 1 : 0) };
        if (fault == SystemFault.Provoked && own.Failures >= _worst.Failures)
        {
            _worst = own;
        }
    }

    private bool IsFailing()
    {
        var (requests, failures) = (_requests - _worst.Requests, _failures - _worst.Failures);
        return _requests >= settings.MinimumRequests
            && _failures >= settings.FailureRatio * _requests
            && requests >= _minimumOfOthers
            && failures >= settings.FailureRatio * requests;
    }

    private void Begin(bool open)
    {
        _openedAt = open ? time.GetTimestamp() : null;
        (_prober, _failedProber) = (null, null);
        _period++;
        BeginWindow();
    }

    private void BeginWindow() => (_window, _windowStart, _requests, _failures, _worst) = (_window + 1, time.GetTimestamp(), 0, 0, default);
}
