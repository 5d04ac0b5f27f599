using System.Text.Json.Nodes;
using Gateway.Authoring.Explaining;
using Gateway.Authoring.Questions;
using Gateway.Cli.Results;
using Gateway.Policy.Compilation;

namespace Gateway.Cli.Explaining;

/// <summary>What would be decided about questions, why, and what would make the answers different: for people and for programs.</summary>
internal static class ExplainedQuestions
{
    public static CommandResult Show(Snapshot snapshot, IReadOnlyList<Question> questions)
    {
        var answers = questions
            .Select(question => (question.Name, Explanation: Explanation.Create(snapshot, question.Intent, question.Facts)))
            .ToList();
        var data = new JsonArray([
            .. answers.Select(answer =>
                ExplanationJson.Of(answer.Explanation) is var json && json.TryAdd("name", answer.Name) ? (JsonNode)json : json
            ),
        ]);
        return CommandResult.Ok(new() { ["revision"] = snapshot.Revision.ToString(), ["explanations"] = data }) with
        {
            Views = [.. answers.Select(answer => ExplanationTree.Create(answer.Name, answer.Explanation))],
        };
    }
}
