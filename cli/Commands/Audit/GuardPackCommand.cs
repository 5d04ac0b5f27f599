using System.CommandLine;
using Gateway.Cli.Artifacts;
using Gateway.Cli.Bundling;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;
using Gateway.Gait.Packs.Archives;
using Gateway.Gait.Packs.Bundles;

namespace Gateway.Cli.Commands.Audit;

/// <summary><c>gateway guard pack</c>: a bundle of evidence of one run, for an audit.</summary>
internal sealed class GuardPackCommand : LeafCommand
{
    private readonly Option<string> _run = new("--run")
    {
        Description = "A run's name, or the path of its pack.",
        HelpName = "run",
        Required = true,
    };
    private readonly Option<string> _traces = Paths("--trace", "Traces or folders of traces");
    private readonly Option<string> _regress = Paths("--regress", "Reports of regression tests");
    private readonly Option<string> _inventory = Paths("--inventory", "Inventories");
    private readonly Option<string> _approvals = Paths(
        "--approval-audit",
        "Records of approvals; those beside the pack where it isn't given"
    );
    private readonly Option<string> _credentials = Paths(
        "--credential-evidence",
        "Records of credentials; those beside the pack where it isn't given"
    );
    private readonly BundleOptions _bundle = new("soc2");

    public GuardPackCommand(CommandConfiguration configuration)
        : base(
            configuration,
            "pack",
            "Bundle the evidence of a run for an audit.",
            "gateway guard pack --run run_demo --trace gait-out/traces --private-key gait-out/keys/gait_private.key"
        )
    {
        foreach (var option in new[] { _run, _traces, _regress, _inventory, _approvals, _credentials })
        {
            Add(option);
        }

        _bundle.AddTo(this);
    }

    protected override Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        _bundle.DemandExport(parsed, Configuration, $"a bundle of the run {parsed.GetValue(_run)}");
        var run = RunArgument.Read(parsed.GetRequiredValue(_run), out var path);
        var reader = _bundle.Reader(parsed, Configuration);
        var beside = Path.GetDirectoryName(Path.GetFullPath(path))!;
        return Task.FromResult(
            _bundle.Write(
                parsed,
                Configuration,
                new BundleSubject
                {
                    Run = run,
                    RunBytes = ArtifactFile.Read(path, PackLimits.ArchiveBytes),
                    Template = "",
                    Traces = [.. ArtifactPaths.ResolveAll(parsed.GetValue(_traces), "trace_*.json").Select(reader.Trace)],
                    Regressions = [.. ArtifactPaths.ResolveAll(parsed.GetValue(_regress), "regress_result*.json").Select(reader.Report)],
                    Inventories = [.. ArtifactPaths.ResolveAll(parsed.GetValue(_inventory), "*.json").Select(reader.Evidence)],
                    Approvals = [.. Named(parsed.GetValue(_approvals), beside, "approval_audit_*.json").Select(reader.Evidence)],
                    Credentials = [.. Named(parsed.GetValue(_credentials), beside, "credential_evidence_*.json").Select(reader.Evidence)],
                }
            )
        );
    }

    private static IReadOnlyList<string> Named(string? list, string beside, string pattern) =>
        list is not null ? ArtifactPaths.ResolveAll(list, pattern) : [.. Directory.GetFiles(beside, pattern).Order(StringComparer.Ordinal)];

    private static Option<string> Paths(string name, string what) =>
        new(name) { Description = what + ", comma-separated.", HelpName = "paths" };
}
