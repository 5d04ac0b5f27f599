using Gateway.Connectors.Models;
using Gateway.Testing;

namespace Gateway.Connectors.Tests.Models;

public sealed class ModelDocumentationTests
{
    [Fact]
    public void The_documentation_lists_every_field_as_the_code_has_it()
    {
        var documentation = File.ReadAllText(Path.Combine(Repository.Root, "docs", "models.md"));
        foreach (var operation in ModelOperations.All)
        {
            Assert.Contains(TableOf(operation), documentation, StringComparison.Ordinal);
        }
    }

    private static string TableOf(ModelOperation operation)
    {
        var fields = ((ModelBodyReader)operation.Requests).Dialect.Fields.Entries;
        var rows = fields
            .GroupBy(f => f.Value)
            .OrderBy(g => g.Key)
            .Select(g =>
                $"| {Explain(g.Key)} | {string.Join(", ", g.Select(f => f.Key).Order(StringComparer.Ordinal).Select(n => $"`{n}`"))} |\n"
            );
        return $"### `POST /v1{operation.Path}`\n\n| meaning | fields |\n| --- | --- |\n{string.Concat(rows)}";
    }

    private static string Explain(FieldMeaning meaning) =>
        meaning switch
        {
            FieldMeaning.Unknown => "refused",
            FieldMeaning.Plain => "passes unread",
            FieldMeaning.Model => "the model",
            FieldMeaning.MaxTokens => "output limit",
            FieldMeaning.Choices => "number of answers",
            FieldMeaning.Effort => "whether it may think unseen",
            FieldMeaning.Reasoning => "whether it may think unseen, as an object",
            FieldMeaning.Thinking => "thought and its budget",
            FieldMeaning.Compaction => "summing up, an answer more",
            FieldMeaning.Prediction => "content, and output that doesn't show",
            FieldMeaning.Echo => "begins with the prompt",
            FieldMeaning.Stream => "stream or not",
            FieldMeaning.StreamOptions => "stream options",
            FieldMeaning.Store => "whether the provider keeps the answer",
            FieldMeaning.Background => "hosted tool of the same name, unless `false`",
            FieldMeaning.Content => "content",
            FieldMeaning.Items => "content, as items",
            FieldMeaning.Prompts => "content, an answer each",
            FieldMeaning.Tools => "tools",
            FieldMeaning.Servers => "hosted tool of the same name",
            FieldMeaning.WebSearch => "hosted tool `web_search`",
            FieldMeaning.Reference => "an id that the agent was given",
            FieldMeaning.Conversation => "an id that the agent was given, and so must be its items'",
            FieldMeaning.State => "refused: provider state",
            FieldMeaning.Power => "refused: gets round what was judged",
            FieldMeaning.Credentials => "refused: credentials and configuration",
        };
}
