using System.CommandLine;
using System.Text.Json.Nodes;
using Gateway.Cli.Artifacts;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;
using Gateway.Gait.Artifacts;
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
        var data = new JsonObject { ["privacy"] = privacy, ["summary"] = View(difference) };
        return Task.FromResult(
            difference is { IsDifferentRun: false, ManifestChanged: false }
                ? CommandResult.Ok(data, "diff=none")
                : CommandResult.Refused(ExitCode.VerificationFailed, First(difference)) with
                {
                    Data = data,
                }
        );
    }

    private static string First(RunDifference d) =>
        d.FilesChanged.Count > 0 ? $"The file '{d.FilesChanged[0]}' is in one of the packs only."
        : d.IntentsChanged ? $"The intent '{d.ChangedIntents.Concat(d.LeftOnlyIntents).Concat(d.RightOnlyIntents).First()}' differs."
        : d.ResultsChanged ? $"The result of '{d.ChangedResults.Concat(d.LeftOnlyResults).Concat(d.RightOnlyResults).First()}' differs."
        : d.RefsChanged ? $"The context differs: {d.ContextDrift}."
        : "Both did the same; the runs' names, times or producers differ.";

    private static JsonObject View(RunDifference d) =>
        new()
        {
            ["run_id_left"] = d.LeftRunId,
            ["run_id_right"] = d.RightRunId,
            ["manifest_changed"] = d.ManifestChanged,
            ["files_changed"] = d.FilesChanged.ToJson(),
            ["intents_changed"] = d.IntentsChanged,
            ["results_changed"] = d.ResultsChanged,
            ["refs_changed"] = d.RefsChanged,
            ["changed_intents"] = d.ChangedIntents.ToJson(),
            ["changed_results"] = d.ChangedResults.ToJson(),
            ["left_only_intents"] = d.LeftOnlyIntents.ToJson(),
            ["right_only_intents"] = d.RightOnlyIntents.ToJson(),
            ["left_only_results"] = d.LeftOnlyResults.ToJson(),
            ["right_only_results"] = d.RightOnlyResults.ToJson(),
            ["context_drift_classification"] = d.ContextDrift,
            ["context_runtime_only_changes"] = d.ContextDrift == ContextDrift.RuntimeOnly,
        };
}
