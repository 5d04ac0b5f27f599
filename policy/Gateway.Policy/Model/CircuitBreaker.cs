namespace Gateway.Policy.Model;

/// <summary>When a failing system is left alone, and for how long. After that one request tries it.</summary>
/// <param name="FailureRatio">Opens at this share of failures in the window. Default 0.5; over 0, up to 1.</param>
/// <param name="MinimumRequests">Never opens on fewer in the window. Default 10; from 1 to 100,000.</param>
/// <param name="Window">Default 10 s; from 1 s to 10 min.</param>
/// <param name="OpenFor">Default 5 s; from 100 ms to 10 min.</param>
public sealed record CircuitBreaker(double FailureRatio, int MinimumRequests, TimeSpan Window, TimeSpan OpenFor)
{
    public static CircuitBreaker Default { get; } = new(0.5, 10, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(5));
}
