using System.Globalization;

namespace Gateway.Cli.Tests.Mcp;

/// <summary>What of processes that should be gone still runs.</summary>
internal static class LeftProcesses
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Those of the bridge, by the marks that it gives what it starts, and those whose command line has a text.</summary>
    /// <param name="text">On the command line of what is looked for, such as a folder of the test's own.</param>
    public static IReadOnlyList<int> With(string text) =>
        [
            .. Directory
                .EnumerateDirectories("/proc")
                .Select(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) ? id : 0)
                .Where(id => id > 0 && (Read(id, "cmdline").Contains(text, StringComparison.Ordinal)))
                .Where(IsAlive),
        ];

    public static bool IsAlive(int id) => Read(id, "stat") is { Length: > 0 } stat && stat[stat.LastIndexOf(')') + 2] is not ('Z' or 'X');

    /// <summary>Waits until all are gone, and fails with those that stay.</summary>
    public static async Task AssertGoneAsync(IEnumerable<int> ids)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (ids.Any(IsAlive) && TimeProvider.System.GetElapsedTime(start) < Patience)
        {
            await Task.Delay(20);
        }

        Assert.DoesNotContain(ids, IsAlive);
    }

    private static string Read(int id, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/{file}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
