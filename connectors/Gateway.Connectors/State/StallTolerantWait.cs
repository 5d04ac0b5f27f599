namespace Gateway.Connectors.State;

/// <summary>
/// Waits for Redis by a deadline that this process may itself have slept through: a container's processor quota, a machine that is moved or
/// a long collection stops it for a tenth of a second. Its timers and the answers in its sockets wake up together then, and the timers
/// first; Redis would be called slow for nothing.
/// </summary>
internal static class StallTolerantWait
{
    /// <summary>A timer that comes so much later comes from a process that stood still, or whose threads all had other work.</summary>
    public static readonly TimeSpan Late = TimeSpan.FromMilliseconds(20);

    /// <summary>
    /// For the answer to be read where it is there already. Short, since its caller has waited for the deadline and for the pause by then.
    /// </summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(40);

    /// <exception cref="TimeoutException">No answer in time.</exception>
    public static async Task AwaitAsync(Task answer, TimeSpan within, RedisClock clock)
    {
        var until = clock.Local + Micros.From(within);
        try
        {
            await answer.WaitAsync(within);
        }
        catch (TimeoutException) when (clock.Local - until > Micros.From(Late))
        {
            await answer.WaitAsync(Grace);
        }
    }
}
