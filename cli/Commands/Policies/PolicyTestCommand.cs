using System.CommandLine;
using System.Text.Json.Nodes;
using Gateway.Cli.Arguments;
using Gateway.Cli.Artifacts;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;
using Gateway.Cli.Testing;

namespace Gateway.Cli.Commands.Policies;

/// <summary><c>gateway policy test</c>: whether documents or rules decide as cases want them to.</summary>
internal sealed class PolicyTestCommand : LeafCommand
{
    private readonly Argument<string> _policy = PathArgument.Create(
        "POLICY",
        "The folder of the documents, or a rule file.",
        required: true
    );

    private readonly Argument<string> _intent = PathArgument.Create(
        "INTENT",
        "One intent for a rule file, to see its verdict.",
        required: false
    );

    private readonly Option<string[]> _cases = new("--cases")
    {
        Description = "YAML files with cases, one a document.",
        HelpName = "files",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string> _junit = new("--junit")
    {
        Description = "Write a report that continuous integration reads.",
        HelpName = "file",
    };

    public PolicyTestCommand(CommandConfiguration configuration)
        : base(
            configuration,
            "test",
            "Run cases against documents or rules.",
            "gateway policy test governance --cases cases.yaml --junit report.xml"
        )
    {
        Add(_policy);
        Add(_intent);
        Add(_cases);
        Add(_junit);
    }

    protected override Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var policy = parsed.GetRequiredValue(_policy);
        return Task.FromResult(
            (parsed.GetValue(_intent), parsed.GetValue(_cases)) switch
            {
                ({ } intent, null or []) => IntentTest.Run(policy, intent, TimeProvider.System.GetUtcNow()),
                (null, { Length: > 0 } cases) => Run(policy, cases, parsed.GetValue(_junit)),
                _ => throw new InvalidInputException("It needs cases, or one intent, and not both.", "Give --cases FILE."),
            }
        );
    }

    private static CommandResult Run(string policy, string[] files, string? junit)
    {
        var (digest, reports) = CaseRun.Run(policy, files, TimeProvider.System);
        if (junit is not null)
        {
            ArtifactFile.Write(junit, CaseJUnit.Write(reports));
        }

        var failed = reports.Count(report => !report.Passed);
        return new CommandResult
        {
            Exit = failed == 0 ? ExitCode.Ok : ExitCode.RegressionFailed,
            Data = new()
            {
                ["digest"] = digest.ToString(),
                ["passed"] = reports.Count - failed,
                ["failed"] = failed,
                ["cases"] = new JsonArray([.. reports.Select(CaseView.Json)]),
            },
            Lines = [.. CaseView.Lines(reports)],
            Errors = failed == 0 ? [] : [new CommandError($"{failed} of {reports.Count} cases failed.", "Mend the policy, or the case.")],
        };
    }
}
