using System.CommandLine;
using Gateway.Cli.Regression;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;
using Gateway.Gait.Regress;

namespace Gateway.Cli.Commands.Runs;

/// <summary><c>gateway regress run</c>: whether all fixtures still hold, for the runs and for the policy.</summary>
internal sealed class RegressRunCommand : LeafCommand
{
    private readonly Option<string> _config = new("--config")
    {
        Description = "The list of fixtures.",
        HelpName = "file",
        DefaultValueFactory = _ => RegressConfig.FileName,
    };
    private readonly Option<string> _policy = new("--policy")
    {
        Description = "A rule file that judges all requests in place of the fixtures' own.",
        HelpName = "file",
    };
    private readonly Option<string> _candidate = new("--candidate")
    {
        Description = "Another run of the one fixture, to compare with.",
        HelpName = "run",
    };
    private readonly ReportOptions _report = new();

    public RegressRunCommand(CommandConfiguration configuration)
        : base(configuration, "run", "Run all regression tests.", "gateway regress run --junit gait-out/junit.xml")
    {
        Add(_config);
        Add(_policy);
        Add(_candidate);
        _report.AddTo(this);
    }

    protected override Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken) =>
        Task.FromResult(
            _report.Run(parsed, new FixtureFolder(parsed.GetRequiredValue(_config)), parsed.GetValue(_policy), parsed.GetValue(_candidate))
        );
}
