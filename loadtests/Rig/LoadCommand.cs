using System.CommandLine;
using Gateway.LoadTests.Budgets;
using Gateway.LoadTests.Reports;
using Gateway.LoadTests.Running;
using Gateway.LoadTests.Scenarios;
using Gateway.LoadTests.Servers;
using Gateway.LoadTests.Targets;

namespace Gateway.LoadTests;

/// <summary>The rig's command line.</summary>
internal sealed class LoadCommand
{
    private const int Broken = 1;
    private const int CouldNotMeasure = 2;

    private readonly Option<string[]> _scenarios = new("--scenario")
    {
        Description =
            $"Which scenarios, the first with latencies too; default all: {string.Join(", ", ScenarioList.All.Select(s => s.Name))}.",
        AllowMultipleArgumentsPerToken = true,
    };
    private readonly Option<TargetName[]> _targets = new("--target")
    {
        Description = "Which targets, beside the upstream; default all that are installed.",
        AllowMultipleArgumentsPerToken = true,
    };
    private readonly Option<string?> _gateway = new("--gateway")
    {
        Description = "The gateway.dll to measure; default the one that was built beside the rig.",
    };
    private readonly Option<double> _seconds = new("--seconds")
    {
        Description = "Length of one stretch of load.",
        DefaultValueFactory = _ => 2,
    };
    private readonly Option<int> _rounds = new("--rounds")
    {
        Description = "How often all targets are measured in turn.",
        DefaultValueFactory = _ => 4,
    };
    private readonly Option<int> _connections = new("--connections")
    {
        Description = "Connections at the maximum and at half load.",
        DefaultValueFactory = _ => 32,
    };
    private readonly Option<bool> _flood = new("--flood") { Description = "Try a flood of bad signatures too." };
    private readonly Option<bool> _firsts = new("--firsts")
    {
        Description = "Measure starts, idle memory and the time to a stream's first event too.",
    };
    private readonly Option<bool> _growth = new("--growth") { Description = "Measure growth too: agents, rules, bodies, connections." };
    private readonly Option<TimeSpan> _soak = new("--soak")
    {
        Description = "All scenarios at once for so long at the end: 30s, 10m, 1h.",
        CustomParser = result => Durations.Parse(result),
    };
    private readonly Option<double> _soakRate = new("--soak-rate")
    {
        Description = "Requests a second of the soak.",
        DefaultValueFactory = _ => 500,
    };
    private readonly Option<double> _warmUp = new("--warm-up")
    {
        Description = "Seconds of load on each target before anything is measured.",
        DefaultValueFactory = _ => 6,
    };
    private readonly Option<string> _json = new("--json")
    {
        Description = "Where the report goes as JSON; the page with plots goes beside it.",
        DefaultValueFactory = _ => Path.Combine(Artifacts.Folder, "latest.json"),
    };

    public static RootCommand Build()
    {
        var command = new LoadCommand();
        var root = new RootCommand("Measures what Gateway adds to a bare proxy: all targets in turn, the same client, the same work.")
        {
            command._scenarios,
            command._targets,
            command._gateway,
            command._seconds,
            command._rounds,
            command._connections,
            command._warmUp,
            command._flood,
            command._firsts,
            command._growth,
            command._soak,
            command._soakRate,
            command._json,
            ServerRole("upstream", "The system behind every target, alone.", (address, _) => UpstreamServer.Build(address)),
            ServerRole("yarp", "Bare YARP, alone.", YarpServer.Build),
        };
        root.SetAction(command.RunAsync);
        return root;
    }

    private static Command ServerRole(string name, string description, Func<Uri, Uri, Microsoft.AspNetCore.Builder.WebApplication> build)
    {
        Option<Uri> listen = new("--listen")
        {
            Required = true,
            Description = "Where.",
            CustomParser = result => new Uri(result.Tokens[0].Value),
        };
        Option<Uri> upstream = new("--upstream")
        {
            Description = "What is behind it.",
            CustomParser = result => new Uri(result.Tokens[0].Value),
        };
        var role = new Command(name, description) { listen, upstream };
        role.SetAction(
            async (parsed, cancellationToken) =>
            {
                await using var app = build(parsed.GetValue(listen)!, parsed.GetValue(upstream)!);
                await app.StartAsync(cancellationToken);
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }
        );
        return role;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        try
        {
            var report = await LoadSession.RunAsync(Order(parsed), Console.Out, cancellationToken);
            report = report with
            {
                Budgets = RatioBudgets.Check(await File.ReadAllTextAsync(Artifacts.BudgetsFile, cancellationToken), report),
            };
            await WriteAsync(report, parsed.GetValue(_json)!);
            return report.Budgets.Any(row => row.Broken) ? Broken : 0;
        }
        catch (OperationCanceledException)
        {
            return CouldNotMeasure;
        }
        catch (TargetException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return CouldNotMeasure;
        }
    }

    private LoadOrder Order(ParseResult parsed)
    {
        var plan = LoadPlan.Create(
            Chosen(parsed.GetValue(_scenarios)!),
            TimeSpan.FromSeconds(parsed.GetValue(_seconds)),
            parsed.GetValue(_rounds)
        ) with
        {
            Connections = parsed.GetValue(_connections),
            WarmUp = TimeSpan.FromSeconds(parsed.GetValue(_warmUp)),
        };
        return new LoadOrder(plan, parsed.GetValue(_targets) is { Length: > 0 } chosen ? chosen : Enum.GetValues<TargetName>()[1..])
        {
            Gateway = parsed.GetValue(_gateway) is { } given ? Path.GetFullPath(given) : null,
            Flood = parsed.GetValue(_flood),
            Firsts = parsed.GetValue(_firsts),
            Growth = parsed.GetValue(_growth),
            Soak = parsed.GetValue(_soak),
            SoakRate = parsed.GetValue(_soakRate),
        };
    }

    private static List<Scenario> Chosen(string[] names) =>
        names.Length == 0
            ? [.. ScenarioList.All]
            :
            [
                .. names.Select(name =>
                    ScenarioList.All.FirstOrDefault(s => s.Name == name) ?? throw new TargetException($"There is no scenario '{name}'.")
                ),
            ];

    private static async Task WriteAsync(LoadReport report, string json)
    {
        var text = TextReport.Render(report);
        Console.Write(text);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(json))!);
        await File.WriteAllTextAsync(json, LoadJson.Text(report));
        var page = Path.ChangeExtension(json, ".html");
        await File.WriteAllTextAsync(page, HtmlReport.Render(report, text));
        Console.WriteLine($"\nwritten: {json} and {page}");
    }
}
