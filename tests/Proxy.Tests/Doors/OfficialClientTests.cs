using System.Diagnostics;
using System.Text.RegularExpressions;
using Gateway.Testing;
using Xunit.Abstractions;

namespace Gateway.Proxy.Tests.Doors;

/// <summary>The official OpenAI and Anthropic clients, unchanged but for base URL and key: the suites of <c>tests/sdk</c>, run by Node.js.</summary>
public sealed partial class OfficialClientTests(OpenDoors doors, ITestOutputHelper output) : IClassFixture<OpenDoors>
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "sdk");

    [NodeFact]
    public async Task Official_clients_work_unchanged_through_every_model_door()
    {
        if (!Directory.Exists(Path.Combine(Folder, "node_modules")))
        {
            var (installed, log) = await RunAsync("npm", ["ci", "--no-audit", "--no-fund"], []);
            Assert.True(installed == 0, log);
        }

        var (result, report) = await RunAsync("node", ["--test", "--test-reporter=tap"], new()
        {
            ["GATEWAY_URL"] = doors.Gateway.Address.ToString(),
            ["GATEWAY_KEY"] = await doors.KeyOfAsync("assistant"),
            ["GATEWAY_BLOCKED_KEY"] = await doors.KeyOfAsync("blocked"),
            ["GATEWAY_BLOCKED_REASON"] = "tool_not_permitted",
        });

        Assert.True(result == 0, report);
        Assert.True(Count(report, "pass") > 0, report);
        Assert.Equal((0, 0, 0), (Count(report, "fail"), Count(report, "skipped"), Count(report, "todo")));
        output.WriteLine($"{Count(report, "pass")} tests of the official clients passed.");
    }

    private static int Count(string report, string what) =>
        int.Parse(Regex.Match(report, $"^# {what} ([0-9]+)$", RegexOptions.Multiline).Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<(int Code, string Output)> RunAsync(string program, string[] arguments, Dictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var (standard, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }

        return (process.ExitCode, $"{await standard}\n{await error}");
    }
}

/// <summary>A test that needs Node.js, and npm where the clients aren't installed; skipped, and saying so, on a machine without.</summary>
internal sealed class NodeFactAttribute : FactAttribute
{
    public NodeFactAttribute()
    {
        var isInstalled = Directory.Exists(Path.Combine(Repository.Root, "tests", "sdk", "node_modules"));
        if (!CanRun("node") || !(isInstalled || CanRun("npm")))
        {
            Skip = "Node.js with npm isn't on this machine: the official clients weren't run.";
        }
    }

    private static bool CanRun(string program)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, "--version") { RedirectStandardOutput = true });
            process!.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
