using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Gateway.Cli.Artifacts;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;
using Gateway.Gait.Artifacts;
using Gateway.Gait.Packs.Runs;

namespace Gateway.Cli.Commands.Runs;

/// <summary><c>gateway run inspect</c>: what was asked and what came of it, in order.</summary>
internal sealed class RunInspectCommand : LeafCommand
{
    private readonly Option<string> _from = RunArgument.From();

    public RunInspectCommand(CommandConfiguration configuration)
        : base(configuration, "inspect", "Show a run's timeline.", "gateway run inspect --from run_demo") => Add(_from);

    protected override Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var pack = RunArgument.Read(parsed.GetRequiredValue(_from), out var path);
        var inspection = RunInspection.Create(pack);
        var data = new JsonObject
        {
            ["artifact_type"] = "runpack",
            ["run_id"] = pack.RunId,
            ["path"] = path,
            ["capture_mode"] = pack.Manifest.Text("capture_mode"),
            ["intents_total"] = pack.Intents.Count,
            ["results_total"] = pack.Results.Count,
            ["entries"] = new JsonArray([.. inspection.Entries.Select(View)]),
            ["unmatched_results"] = inspection.Unmatched.ToJson(),
            ["warnings"] = inspection.Warnings.ToJson(),
        };
        var rows = inspection.Entries.Select(
            IReadOnlyList<string> (e) =>
                [
                    e.Index.ToString(CultureInfo.InvariantCulture),
                    e.IntentId,
                    e.ToolName,
                    e.Status,
                    e.Verdict,
                    string.Join(',', e.ReasonCodes),
                ]
        );
        return Task.FromResult(
            CommandResult.Ok(data) with
            {
                Table = Columns.Of(["#", "intent", "tool", "status", "verdict", "reasons"], rows),
                Warnings = inspection.Warnings,
            }
        );
    }

    private static JsonObject View(InspectedEntry entry) =>
        new()
        {
            ["index"] = entry.Index,
            ["intent_id"] = entry.IntentId,
            ["tool_name"] = entry.ToolName,
            ["created_at"] = entry.CreatedAt,
            ["args_digest"] = entry.ArgsDigest,
            ["status"] = entry.Status,
            ["result_digest"] = entry.ResultDigest,
            ["verdict"] = entry.Verdict,
            ["reason_codes"] = entry.ReasonCodes.ToJson(),
            ["violations"] = entry.Violations.ToJson(),
        };
}
