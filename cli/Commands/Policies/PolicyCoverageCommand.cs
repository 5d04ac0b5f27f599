using System.CommandLine;
using System.Text.Json.Nodes;
using Gateway.Authoring.Coverage;
using Gateway.Cli.Arguments;
using Gateway.Cli.Explaining;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;

namespace Gateway.Cli.Commands.Policies;

/// <summary><c>gateway policy coverage</c>: which controls, reasons, permissions and rules no case exercises.</summary>
internal sealed class PolicyCoverageCommand : LeafCommand
{
    private readonly Argument<string> _folder = PathArgument.Create("DIR", "The folder of the documents.", required: true);

    private readonly Option<string[]> _cases = new("--cases")
    {
        Description = "YAML files of cases, one case a document.",
        HelpName = "files",
        Required = true,
        AllowMultipleArgumentsPerToken = true,
    };

    public PolicyCoverageCommand(CommandConfiguration configuration)
        : base(
            configuration,
            "coverage",
            "Show what of the governance no case exercises.",
            "gateway policy coverage governance --cases cases.yaml more.yaml"
        )
    {
        Add(_folder);
        Add(_cases);
    }

    protected override Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var snapshot = Governance.Compile(parsed.GetRequiredValue(_folder));
        var cases = CaseFiles.ReadCases(parsed.GetRequiredValue(_cases), snapshot, TimeProvider.System);
        var coverage = CaseCoverage.Compute(snapshot, cases.SelectMany(one => one.Intents.Select(asked => (asked.Intent, one.Facts))));
        (string Name, IReadOnlyList<CoverageItem> All)[] lists =
        [
            ("controls", coverage.Controls),
            ("reasons", coverage.Reasons),
            ("permissions", coverage.Permissions),
            ("rules", coverage.Rules),
        ];
        var data = new JsonObject { ["revision"] = snapshot.Revision.ToString(), ["cases"] = cases.Count };
        foreach (var (name, all) in lists)
        {
            data[name] = Describe(all);
        }

        var missing = lists.SelectMany(list => list.All.Where(e => e.Cases == 0).Select(e => $"  {list.Name}: {e.Name}")).ToList();
        return Task.FromResult(
            CommandResult.Ok(
                data,
                [
                    $"{cases.Count} cases; {string.Join(", ", lists.Select(Share))}.",
                    .. missing.Count > 0 ? ["No case exercises:", .. missing] : (string[])[],
                ]
            )
        );
    }

    private static string Share((string Name, IReadOnlyList<CoverageItem> All) list) =>
        $"{list.All.Count(e => e.Cases > 0)} of {list.All.Count} {list.Name}";

    private static JsonObject Describe(IReadOnlyList<CoverageItem> all) =>
        new()
        {
            ["all"] = all.Count,
            ["exercised"] = all.Count(e => e.Cases > 0),
            ["missing"] = new JsonArray([.. all.Where(e => e.Cases == 0).Select(e => (JsonNode)e.Name)]),
        };
}
