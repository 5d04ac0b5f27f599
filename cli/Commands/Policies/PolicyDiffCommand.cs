using System.CommandLine;
using Gateway.Authoring.Comparison;
using Gateway.Cli.Arguments;
using Gateway.Cli.Explaining;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;

namespace Gateway.Cli.Commands.Policies;

/// <summary><c>gateway policy diff</c>: who could do what before and can't now, and the reverse.</summary>
internal sealed class PolicyDiffCommand : LeafCommand
{
    private readonly Argument<string> _before = PathArgument.Create("BEFORE", "The folder of the documents as they were.", required: true);
    private readonly Argument<string> _after = PathArgument.Create(
        "AFTER",
        "The folder of the documents as they are to be.",
        required: true
    );

    public PolicyDiffCommand(CommandConfiguration configuration)
        : base(
            configuration,
            "diff",
            "Compare two governances by what agents can do under each.",
            "gateway policy diff governance candidate"
        )
    {
        Add(_before);
        Add(_after);
    }

    protected override Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var (before, after) = (Governance.Compile(parsed.GetRequiredValue(_before)), Governance.Compile(parsed.GetRequiredValue(_after)));
        var diff = SnapshotDiff.Between(before, after, TimeProvider.System.GetUtcNow());
        var rows = AccessRows.Of(diff.Access);
        return Task.FromResult(
            CommandResult.Ok(SnapshotDiffView.Of(before, after, diff, rows), SnapshotDiffView.Lines(diff, rows)) with
            {
                Table =
                    rows.Count == 0
                        ? null
                        : Columns.Of(["Change", "Agent", "Operation", "How", "Before", "After", "Because"], rows.Select(row => row.Cells)),
            }
        );
    }
}
