using System.CommandLine;
using Gateway.Authoring.Questions;
using Gateway.Cli.Arguments;
using Gateway.Cli.Explaining;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;
using Gateway.Policy.Compilation;

namespace Gateway.Cli.Commands.Policies;

/// <summary><c>gateway policy explain</c>: what would be decided about an intent, why, and what would make the answer different.</summary>
internal sealed class PolicyExplainCommand : LeafCommand
{
    private readonly Argument<string> _folder = PathArgument.Create(
        "DIR",
        "The folder of the documents. Without it a recorded decision is explained by those that it was made by.",
        required: false
    );

    private readonly Option<string> _intent = new("--intent")
    {
        Description = "A YAML or JSON file with the intent and the facts.",
        HelpName = "file",
    };

    private readonly Option<string> _journal = new("--journal")
    {
        Description = "A journal's root, to explain a decision of the past.",
        HelpName = "folder",
    };

    private readonly Option<string> _decision = new("--decision") { Description = "The decision's or the receipt's id.", HelpName = "id" };

    public PolicyExplainCommand(CommandConfiguration configuration)
        : base(
            configuration,
            "explain",
            "Show what would be decided about an intent, and why.",
            "gateway policy explain governance --intent intent.yaml"
        )
    {
        Add(_folder);
        Add(_intent);
        Add(_journal);
        Add(_decision);
    }

    protected override Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var (snapshot, questions) = (
            parsed.GetValue(_folder),
            parsed.GetValue(_intent),
            parsed.GetValue(_journal),
            parsed.GetValue(_decision)
        ) switch
        {
            ({ } folder, { } intent, null, null) => Asked(Governance.Compile(folder), intent),
            (var folder, null, { } journal, { } id) => RecordedQuestion.Of(
                journal,
                DecisionSearch.Find(journal, id, cancellationToken),
                folder is null ? null : Governance.Compile(folder)
            ),
            _ => throw new InvalidInputException(
                "It needs an intent, or a decision of the past.",
                "Give DIR and --intent FILE, or --journal DIR and --decision ID."
            ),
        };
        return Task.FromResult(ExplainedQuestions.Show(snapshot, questions));
    }

    private static (Snapshot Snapshot, IReadOnlyList<Question> Questions) Asked(Snapshot snapshot, string file) =>
        (snapshot, CaseFiles.ReadQuestions(file, snapshot, TimeProvider.System));
}
