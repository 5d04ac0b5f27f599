using System.Diagnostics;

namespace Gateway.Proxy.Tests.Doors;

/// <summary>Waits for what happens off the path, such as a settlement.</summary>
internal static class Eventually
{
    public static Task IsTrueAsync(Func<bool> condition, string what) => IsTrueAsync(() => Task.FromResult(condition()), what);

    public static async Task IsTrueAsync(Func<Task<bool>> condition, string what)
    {
        var waited = Stopwatch.StartNew();
        while (!await condition())
        {
            Assert.True(waited.Elapsed < OpenDoors.Patience, $"It never came true that {what}.");
            await Task.Delay(10); // Asking again, not counting on the time.
        }
    }
}
