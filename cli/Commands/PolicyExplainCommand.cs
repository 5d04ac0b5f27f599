using System.CommandLine;
using System.Text.Json.Nodes;
using Gateway.Cli.Explaining;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;
using Gateway.Policy.Explaining;

namespace Gateway.Cli.Commands;

/// <summary><c>gateway policy explain</c>: what would be decided about an intent, why, and what would make the answer different.</summary>
internal sealed class PolicyExplainCommand : LeafCommand
{
    private readonly Argument<string> _folder = FolderArgument.Of("DIR", "The folder of the documents.", required: true);

    private readonly Option<string> _intent = new("--intent") { Description = "A YAML or JSON file with the intent and the facts.", HelpName = "file", Required = true };

    public PolicyExplainCommand(CommandConfiguration configuration)
        : base(configuration, "explain", "Show what would be decided about an intent, and why.", "gateway policy explain governance --intent intent.yaml")
    {
        Add(_folder);
        Add(_intent);
    }

    protected override Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var snapshot = Governance.Compile(parsed.GetRequiredValue(_folder));
        var questions = CaseFiles.ReadQuestions(parsed.GetRequiredValue(_intent), snapshot, TimeProvider.System);
        var answers = questions.Select(question => (question.Name, Explanation: Explanation.Of(snapshot, question.Intent, question.Facts))).ToList();
        var data = new JsonArray([.. answers.Select(answer => ExplanationJson.Of(answer.Explanation) is var json && json.TryAdd("name", answer.Name) ? (JsonNode)json : json)]);
        return Task.FromResult(CommandResult.Ok(new() { ["revision"] = snapshot.Revision.ToString(), ["explanations"] = data }) with
        {
            Views = [.. answers.Select(answer => ExplanationTree.Of(answer.Name, answer.Explanation))],
        });
    }
}
