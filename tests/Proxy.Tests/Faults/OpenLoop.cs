using System.Collections.Concurrent;
using System.Diagnostics;

namespace Gateway.Proxy.Tests.Faults;

/// <summary>
/// Calls that begin when they are due, whether those before have ended or not, as those of many users do. How long each took counts from
/// when it was due: what waits for a busy client isn't left out.
/// </summary>
internal static class OpenLoop
{
    /// <param name="callAsync">Gives the status; 0 for none.</param>
    public static async Task<IReadOnlyList<(int Status, TimeSpan Took)>> RunAsync(
        int calls,
        double perSecond,
        Func<int, Task<int>> callAsync
    )
    {
        var ended = new ConcurrentBag<(int, TimeSpan)>();
        var running = new List<Task>(calls);
        var began = Stopwatch.GetTimestamp();
        for (var i = 0; i < calls; i++)
        {
            var due = TimeSpan.FromSeconds(i / perSecond);
            if (due - Stopwatch.GetElapsedTime(began) is { Ticks: > 0 } early)
            {
                await Task.Delay(early); // The pace is what is asked for; nothing waits here for something to have happened.
            }

            running.Add(CallAsync(i, due));
        }

        await Task.WhenAll(running).WaitAsync(Waiting.Deadline);
        return [.. ended];

        async Task CallAsync(int number, TimeSpan due)
        {
            var status = await callAsync(number);
            ended.Add((status, Stopwatch.GetElapsedTime(began) - due));
        }
    }

    /// <param name="share">0.99 for the time that 99% of the calls took at most.</param>
    public static TimeSpan Quantile(IReadOnlyList<(int Status, TimeSpan Took)> calls, double share) =>
        calls.Select(call => call.Took).Order().ElementAt((int)Math.Min(calls.Count - 1, calls.Count * share));
}
