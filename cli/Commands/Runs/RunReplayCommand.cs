using System.CommandLine;
using System.Text.Json.Nodes;
using Gateway.Cli.Artifacts;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;
using Gateway.Gait.Packs.Runs;

namespace Gateway.Cli.Commands.Runs;

/// <summary><c>gateway run replay</c>: goes through a run again, with its recorded results and stubs. Nothing is called.</summary>
internal sealed class RunReplayCommand : LeafCommand
{
    private readonly Argument<string> _run = RunArgument.Create("RUN");

    public RunReplayCommand(CommandConfiguration configuration)
        : base(
            configuration,
            "replay",
            "Go through a run again with its recorded results; no tool is called.",
            "gateway run replay run_demo"
        ) => Add(_run);

    protected override Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var pack = RunArgument.Read(parsed.GetRequiredValue(_run), out _);
        var steps = RunReplay.Steps(pack);
        var missing = steps.Where(step => step.Execution == "missing").Select(step => step.IntentId).ToList();
        var data = new JsonObject
        {
            ["run_id"] = pack.RunId,
            ["mode"] = "stub",
            ["steps"] = new JsonArray([.. steps.Select(ReplayStepView.Of)]),
            ["missing_results"] = new JsonArray([.. missing.Select(id => (JsonNode)id)]),
        };
        var lines = steps.Select(ReplayStepView.Line);
        return Task.FromResult(
            missing.Count == 0
                ? CommandResult.Ok(data, [.. lines, "replay=ok"])
                : CommandResult.Refused(
                    ExitCode.VerificationFailed,
                    $"The intent '{missing[0]}' has no result and no stub.",
                    "The recorder lost it: it can't be told what happened."
                ) with
                {
                    Data = data,
                    Lines = [.. lines],
                }
        );
    }
}
