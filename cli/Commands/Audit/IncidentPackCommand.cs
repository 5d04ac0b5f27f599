using System.CommandLine;
using System.Text.Json.Nodes;
using Gateway.Cli.Arguments;
using Gateway.Cli.Artifacts;
using Gateway.Cli.Bundling;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;
using Gateway.Gait.Artifacts;
using Gateway.Gait.Packs.Archives;
using Gateway.Gait.Packs.Bundles;
using Gateway.Gait.Regress.Fixtures;
using Gateway.Policy.Rules.Intents;

namespace Gateway.Cli.Commands.Audit;

/// <summary><c>gateway incident pack</c>: a bundle of everything beside a run that is from its time.</summary>
internal sealed class IncidentPackCommand : LeafCommand
{
    private static readonly TimeSpan MostTime = TimeSpan.FromDays(3650);

    private readonly Option<string> _from = RunArgument.From();
    private readonly Option<TimeSpan?> _window = DurationOption.Create(
        "--window",
        "How long before and after the run evidence counts, at most 3650d; 24h where it isn't given."
    );

    private readonly BundleOptions _bundle = new("incident_response");

    public IncidentPackCommand(CommandConfiguration configuration)
        : base(
            configuration,
            "pack",
            "Bundle the evidence round a run for an incident.",
            "gateway incident pack --from run_demo --window 24h --private-key gait-out/keys/gait_private.key"
        )
    {
        Add(_from);
        Add(_window);
        _bundle.AddTo(this);
    }

    protected override Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        _bundle.DemandExport(parsed, Configuration, $"a bundle of the run {parsed.GetValue(_from)}");
        var run = RunArgument.Read(parsed.GetRequiredValue(_from), out var path);
        var (at, window) = (FixtureTime.Of(run), parsed.GetValue(_window) ?? TimeSpan.FromHours(24));
        if (window > MostTime)
        {
            throw new InvalidInputException("The window is over 3650 days.", "Name a shorter one, such as 24h.");
        }

        var (from, to) = (at - window, at + window);
        var reader = _bundle.Reader(parsed, Configuration);
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        IEnumerable<string> Find(string pattern) => Files(folder, pattern).Where(file => IsWithin(reader.Report(file).Report, from, to));
        return Task.FromResult(
            _bundle.Write(
                parsed,
                Configuration,
                new BundleSubject
                {
                    Run = run,
                    RunBytes = ArtifactFile.Read(path, PackLimits.ArchiveBytes),
                    Template = "",
                    Traces = [.. Find("trace_*.json").Select(reader.Trace)],
                    Regressions = [.. Find("regress_result*.json").Select(reader.Report)],
                    Approvals = [.. Find("approval_audit_*.json").Select(reader.Evidence)],
                    Credentials = [.. Find("credential_evidence_*.json").Select(reader.Evidence)],
                    Window = (Text(from), Text(to), (long)(2 * window).TotalSeconds),
                }
            )
        );
    }

    /// <summary>Beside the run and one folder below, where traces lie.</summary>
    private static IEnumerable<string> Files(string folder, string pattern) =>
        Directory
            .GetDirectories(folder)
            .Prepend(folder)
            .SelectMany(place => Directory.GetFiles(place, pattern))
            .Order(StringComparer.Ordinal);

    /// <summary>
    /// By when it was observed; else by when its maker says it was made. Without either it is left in: what can't be told isn't left out.
    /// </summary>
    private static bool IsWithin(JsonObject evidence, DateTimeOffset from, DateTimeOffset to) =>
        !GoTime.TryParse(evidence.Text("observed_at") is { Length: > 0 } observed ? observed : evidence.Text("created_at"), out var time)
        || (time.Utc >= from.UtcDateTime && time.Utc <= to.UtcDateTime);

    private static string Text(DateTimeOffset time) => new GoTime(time.UtcDateTime).ToString();
}
