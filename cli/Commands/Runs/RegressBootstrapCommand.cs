using System.CommandLine;
using Gateway.Cli.Regression;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;

namespace Gateway.Cli.Commands.Runs;

/// <summary><c>gateway regress bootstrap</c>: makes a run a test, and runs all tests.</summary>
internal sealed class RegressBootstrapCommand : LeafCommand
{
    private readonly FixtureOptions _fixture = new();
    private readonly ReportOptions _report = new();

    public RegressBootstrapCommand(CommandConfiguration configuration)
        : base(
            configuration,
            "bootstrap",
            "Make a fixture of a run, and run all regression tests.",
            "gateway regress bootstrap --from run_demo --junit gait-out/junit.xml"
        )
    {
        _fixture.AddTo(this);
        _report.AddTo(this);
    }

    protected override Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var (made, folder) = _fixture.Make(parsed, again: false);
        var result = _report.Run(parsed, folder, policy: null, candidate: null);
        result.Data["run_id"] = made.Fixture.RunId;
        result.Data["fixture_name"] = made.Fixture.Name;
        return Task.FromResult(result with { Warnings = [.. made.Warnings, .. result.Warnings] });
    }
}
