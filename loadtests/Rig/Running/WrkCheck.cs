using System.Diagnostics;
using System.Globalization;
using Gateway.LoadTests.Scenarios;
using Gateway.LoadTests.Targets;

namespace Gateway.LoadTests.Running;

/// <summary>Asks wrk for the same maximum, so that the generator need not be believed. It can't sign, so the call is the bearer one, and the target a plain one.</summary>
internal static class WrkCheck
{
    private const string Mark = "Requests/sec:";

    public static async Task<string> RunAsync(Target target, TimeSpan length, int connections, CancellationToken cancellationToken)
    {
        if (ToolPath.Find("wrk") is not { } wrk)
        {
            return "wrk isn't installed: the generator was not cross-checked.";
        }

        var scenario = ScenarioList.All.First(s => !s.Signed);
        var script = Path.Combine(Artifacts.Folder, "wrk.lua");
        await File.WriteAllTextAsync(script, $"wrk.method = 'POST'\nwrk.headers['Content-Type'] = 'application/json'\nwrk.body = [[{scenario.Body}]]\n", cancellationToken);
        var own = TargetLoad.Closed(target, scenario, length, connections).PerSecond;
        var start = new ProcessStartInfo(wrk, ["-t", "2", "-c", Text(connections), "-d", Text((int)Math.Ceiling(length.TotalSeconds)), "-s", script, new Uri(target.Address, scenario.Path).ToString()])
        {
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var said = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        var line = said.Split('\n').FirstOrDefault(l => l.StartsWith(Mark, StringComparison.Ordinal));
        return line is null || !double.TryParse(line[Mark.Length..], NumberStyles.Float, CultureInfo.InvariantCulture, out var theirs)
            ? "wrk gave no figure."
            : string.Create(CultureInfo.InvariantCulture, $"cross-check on {target.Name.ToString().ToLowerInvariant()}: {own:0} requests a second by this generator, {theirs:0} by wrk ({own / theirs:0.00})");
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
