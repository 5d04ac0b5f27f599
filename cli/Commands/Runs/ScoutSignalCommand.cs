using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Gateway.Cli.Artifacts;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;
using Gateway.Gait.Artifacts;
using Gateway.Gait.Signals;

namespace Gateway.Cli.Commands.Runs;

/// <summary><c>gateway scout signal</c>: which kinds of incidents there are in many runs, and which is worst.</summary>
internal sealed class ScoutSignalCommand : LeafCommand
{
    private const int MostBytes = 16 * 1024 * 1024;

    private readonly Option<string> _runs = new("--runs")
    {
        Description = "Runs, packs or folders of packs, comma-separated.",
        HelpName = "paths",
        Required = true,
    };
    private readonly Option<string> _traces = new("--traces")
    {
        Description = "Traces or folders of traces, comma-separated.",
        HelpName = "paths",
    };
    private readonly Option<string> _regress = new("--regress")
    {
        Description = "Reports of regression tests, comma-separated.",
        HelpName = "files",
    };
    private readonly Option<string> _out = new("--out") { Description = "The report to write.", HelpName = "file" };

    public ScoutSignalCommand(CommandConfiguration configuration)
        : base(
            configuration,
            "signal",
            "Group the incidents of many runs by kind, the worst first.",
            "gateway scout signal --runs run_demo --traces gait-out/traces"
        )
    {
        Add(_runs);
        Add(_traces);
        Add(_regress);
        Add(_out);
    }

    protected override Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var traces = ArtifactPaths
            .ResolveAll(parsed.GetValue(_traces), "trace_*.json")
            .Select(Read)
            .ToLookup(trace => trace.Text("run_id"));
        var failed = ArtifactPaths
            .ResolveAll(parsed.GetValue(_regress), "*.json")
            .Select(Read)
            .SelectMany(Failures)
            .ToLookup(failure => failure.RunId, failure => failure.Code);
        var report = SignalReport.Create(
            ArtifactPaths
                .ResolveAll(parsed.GetRequiredValue(_runs), "*.zip")
                .Select(path =>
                {
                    var pack = RunArgument.Read(path, out _);
                    return new SignalInput(pack, path, [.. traces[pack.RunId]], [.. failed[pack.RunId]]);
                })
        );
        var json = report.ToJson("gateway");
        if (parsed.GetValue(_out) is { } output)
        {
            ArtifactFile.Write(output, IndentedJson.Write(json));
        }

        var rows = report.Families.Select(
            IReadOnlyList<string> (family) =>
                [
                    family.Id,
                    Number(family.Runs.Count),
                    Number(family.Severity),
                    family.Level,
                    family.TopReason,
                    string.Join(',', family.Drivers),
                ]
        );
        return Task.FromResult(
            CommandResult.Ok(json) with
            {
                Table = Columns.Of(["family", "runs", "severity", "level", "reason", "drivers"], rows),
            }
        );
    }

    /// <summary>The graders of a report that failed, with the run of each.</summary>
    private static IEnumerable<(string RunId, string Code)> Failures(JsonObject report) =>
        from grader in report.Objects("graders")
        where grader.Text("status") == "fail"
        from code in grader.Texts("reason_codes")
        select ((grader["details"] as JsonObject)?.Text("run_id") ?? "", code);

    private static JsonObject Read(string path) =>
        ArtifactJson.TryParse(ArtifactFile.Read(path, MostBytes), out var json, out var error)
            ? json
            : throw new InvalidInputException($"{path}: {error}", "Name a trace or a report.");

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
