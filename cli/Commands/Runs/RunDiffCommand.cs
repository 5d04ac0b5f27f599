using System.CommandLine;
using System.Text.Json.Nodes;
using Gateway.Cli.Artifacts;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;
using Gateway.Gait.Packs.Runs;

namespace Gateway.Cli.Commands.Runs;

/// <summary><c>gateway run diff</c>: what two runs did differently.</summary>
internal sealed class RunDiffCommand : LeafCommand
{
    private readonly Argument<string> _left = RunArgument.Create("LEFT");
    private readonly Argument<string> _right = RunArgument.Create("RIGHT");
    private readonly Option<string> _privacy = new("--privacy")
    {
        Description = "metadata leaves arguments and results out.",
        DefaultValueFactory = _ => "full",
    };

    public RunDiffCommand(CommandConfiguration configuration)
        : base(configuration, "diff", "Say what two runs did differently.", "gateway run diff run_demo run_demo")
    {
        _privacy.AcceptOnlyFromAmong("full", "metadata");
        Add(_left);
        Add(_right);
        Add(_privacy);
    }

    protected override Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var left = RunArgument.Read(parsed.GetRequiredValue(_left), out _);
        var right = RunArgument.Read(parsed.GetRequiredValue(_right), out _);
        var privacy = parsed.GetRequiredValue(_privacy);
        var difference = RunDiff.Compare(left, right, privacy == "metadata");
        var data = new JsonObject { ["privacy"] = privacy, ["summary"] = RunDifferenceView.Of(difference) };
        return Task.FromResult(
            difference is { IsDifferentRun: false, ManifestChanged: false }
                ? CommandResult.Ok(data, "diff=none")
                : CommandResult.Refused(ExitCode.VerificationFailed, RunDifferenceView.First(difference)) with
                {
                    Data = data,
                }
        );
    }
}
