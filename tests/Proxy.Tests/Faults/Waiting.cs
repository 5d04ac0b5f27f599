using System.Diagnostics;

namespace Gateway.Proxy.Tests.Faults;

/// <summary>Waits for a condition, with a deadline that only something that hangs reaches.</summary>
public static class Waiting
{
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    /// <returns>How long it took.</returns>
    public static Task<TimeSpan> ForAsync(string what, Func<bool> condition) => ForAsync(what, () => Task.FromResult(condition()));

    public static async Task<TimeSpan> ForAsync(string what, Func<Task<bool>> conditionAsync)
    {
        var since = Stopwatch.StartNew();
        while (!await conditionAsync())
        {
            Assert.True(since.Elapsed < Deadline, $"waited for {Deadline} in vain: {what}");
            await Task.Delay(5);
        }

        return since.Elapsed;
    }
}
