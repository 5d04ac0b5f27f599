using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Gateway.LoadTests.Scenarios;
using Gateway.LoadTests.Targets;

namespace Gateway.LoadTests.Running;

/// <summary>
/// Asks other generators for the same maximum, so that ours need not be believed. They can't sign, so the call is the bearer one, and the
/// target a plain one.
/// </summary>
internal static partial class CrossCheck
{
    private static readonly (string Program, Func<Call, string[]> Arguments, Regex Figure)[] Generators =
    [
        ("wrk", call => ["-t", "2", "-c", call.Connections, "-d", call.Seconds, "-s", call.Script, call.Address], WrkFigure()),
        (
            "h2load",
            call =>
                [
                    "--h1",
                    "-t",
                    "2",
                    "-c",
                    call.Connections,
                    "-D",
                    call.Seconds,
                    "-H",
                    "content-type: application/json",
                    "-d",
                    call.Body,
                    call.Address,
                ],
            H2loadFigure()
        ),
    ];

    /// <summary>A line for each generator.</summary>
    public static async Task<string> RunAsync(Target target, TimeSpan length, int connections, CancellationToken cancellationToken)
    {
        var scenario = ScenarioList.All.First(s => !s.Signed);
        var call = new Call(
            Text(connections),
            Text((int)Math.Ceiling(length.TotalSeconds)),
            Path.Combine(Artifacts.Folder, "wrk.lua"),
            Path.Combine(Artifacts.Folder, "body.json"),
            new Uri(target.Address, scenario.Path).ToString()
        );
        await File.WriteAllTextAsync(
            call.Script,
            $"wrk.method = 'POST'\nwrk.headers['Content-Type'] = 'application/json'\nwrk.body = [[{scenario.Body}]]\n",
            cancellationToken
        );
        await File.WriteAllTextAsync(call.Body, scenario.Body, cancellationToken);
        var lines = new List<string>();
        foreach (var (program, arguments, figure) in Generators)
        {
            if (ToolPath.Find(program) is not { } path)
            {
                lines.Add($"{program} isn't installed: the generator was not checked against it.");
                continue;
            }

            var own = TargetLoad.Closed(target, scenario, length, connections).PerSecond;
            lines.Add(
                await AskAsync(path, arguments(call), figure, cancellationToken) is { } theirs
                    ? string.Create(
                        CultureInfo.InvariantCulture,
                        $"cross-check on {target.Name.ToString().ToLowerInvariant()}: {own:0} requests a second by this "
                            + $"generator, {theirs:0} by {program} ({own / theirs:0.00})"
                    )
                    : $"{program} gave no figure."
            );
        }

        return string.Join('\n', lines);
    }

    private static async Task<double?> AskAsync(string program, string[] arguments, Regex figure, CancellationToken cancellationToken)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var said = await process.StandardOutput.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        return figure.Match(said) is { Success: true } found ? double.Parse(found.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : null;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^Requests/sec:\s+([0-9.]+)", RegexOptions.Multiline)]
    private static partial Regex WrkFigure();

    [GeneratedRegex(@"^finished in .*?, ([0-9.]+) req/s", RegexOptions.Multiline)]
    private static partial Regex H2loadFigure();

    /// <param name="Script">A file for wrk.</param>
    /// <param name="Body">A file.</param>
    private sealed record Call(string Connections, string Seconds, string Script, string Body, string Address);
}
