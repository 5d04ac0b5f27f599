using System.CommandLine;
using System.Text.Json.Nodes;
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
        var rows = AccessRow.Of(diff.Access);
        var data = new JsonObject
        {
            ["before"] = before.Revision.ToString(),
            ["after"] = after.Revision.ToString(),
            ["probed"] = diff.Probed,
            ["documents"] = new JsonArray([.. diff.Documents.Select(Describe)]),
            ["access"] = new JsonArray([.. rows.Select(row => (JsonNode)row.ToJson())]),
        };
        return Task.FromResult(
            CommandResult.Ok(data, Lines(diff, rows)) with
            {
                Table =
                    rows.Count == 0
                        ? null
                        : Columns.Of(["Change", "Agent", "Operation", "How", "Before", "After", "Because"], rows.Select(row => row.Cells)),
            }
        );
    }

    private static IReadOnlyList<string> Lines(SnapshotDiff diff, IReadOnlyList<AccessRow> rows) =>
        [
            .. diff.Documents.Select(document => $"{document.Change}: {document.Kind} {document.Tenant}/{document.Name}"),
            rows.Count == 0
                ? $"No agent can do more or less than before, or on other terms ({diff.Probed} questions)."
                : $"{rows.Count(r => r.Direction == "tightened")} tightened, {rows.Count(r => r.Direction == "loosened")} "
                    + $"loosened, {rows.Count(r => r.Direction == "altered")} altered ({diff.Probed} questions).",
        ];

    private static JsonNode Describe(DocumentChange change) =>
        new JsonObject
        {
            ["change"] = change.Change,
            ["tenant"] = change.Tenant.ToString(),
            ["kind"] = change.Kind,
            ["name"] = change.Name,
        };
}
