namespace Gateway.Proxy.Forwarding;

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
