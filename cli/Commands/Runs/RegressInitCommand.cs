using System.CommandLine;
using System.Text.Json.Nodes;
using Gateway.Cli.Regression;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;
using Gateway.Gait.Artifacts;
using Gateway.Gait.Regress;
using Gateway.Gait.Regress.Fixtures;

namespace Gateway.Cli.Commands.Runs;

/// <summary><c>gateway regress init</c>: makes a run a test, from its pack and the policy as it is now.</summary>
internal sealed class RegressInitCommand : LeafCommand
{
    private readonly FixtureOptions _fixture = new();

    public RegressInitCommand(CommandConfiguration configuration)
        : base(
            configuration,
            "init",
            "Make a fixture of a run.",
            "gateway regress init --from run_demo --policy gait-out/demo_policy.yaml --intents gait-out/demo_intents"
        ) => _fixture.AddTo(this);

    protected override Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var (made, folder) = _fixture.Make(parsed, again: true);
        string[] next = [$"gateway regress run --config {folder.Config}"];
        return Task.FromResult(
            CommandResult.Ok(
                Describe(made, folder, next),
                $"fixture={made.Fixture.Name}",
                $"config={folder.Config}",
                "next: " + next[0]
            ) with
            {
                Warnings = made.Warnings,
            }
        );
    }

    private static JsonObject Describe(NewFixture made, FixtureFolder folder, string[] next) =>
        new()
        {
            ["run_id"] = made.Fixture.RunId,
            ["fixture_name"] = made.Fixture.Name,
            ["fixture_dir"] = folder.FolderOf(made.Fixture.Name),
            ["runpack_path"] = Path.Combine(folder.FolderOf(made.Fixture.Name), RegressFixture.PackName),
            ["config_path"] = folder.Config,
            ["policy_cases"] = made.Fixture.Cases.Count,
            ["next_commands"] = next.Select(ProgramName.In).ToJson(),
        };
}
