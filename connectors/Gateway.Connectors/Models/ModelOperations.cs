using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Models;

/// <summary>One operation of a model provider: where it is, and how its requests and answers are read.</summary>
/// <param name="Operation">The name that policy knows it by.</param>
/// <param name="Path">The path behind the connector's base address, such as <c>/chat/completions</c>.</param>
/// <param name="Query">The one query that its official client sends, and that goes on; empty for none.</param>
/// <param name="Requests">Stateless.</param>
/// <param name="Answers">Makes the reader of one answer, to the request as it went out.</param>
public sealed record ModelOperation(
    ConnectorType Type,
    Id<Operation> Operation,
    string Path,
    string Query,
    IIntentReader Requests,
    Func<BodyReading, IResponseReader> Answers
)
{
    /// <summary>Whether the answer has ids that can be asked for again.</summary>
    public bool GivesIds { get; init; }
}

/// <summary>Every operation of the model providers, by <see cref="ModelApi"/>, with its dialect.</summary>
public static class ModelOperations
{
    public static IReadOnlyList<ModelOperation> All { get; } =
    [
        Read(ConnectorType.OpenAi, "chat", OpenAiDialects.Chat, request => new OpenAiAnswerReader(request)),
        Read(ConnectorType.OpenAi, "responses", OpenAiDialects.Responses, request => new TypedAnswerReader(request)),
        Read(ConnectorType.OpenAi, "count_input_tokens", OpenAiDialects.InputTokens, _ => new UnchargedAnswerReader()),
        Read(ConnectorType.OpenAi, "moderations", OpenAiDialects.Moderations, _ => new UnchargedAnswerReader()),
        Read(ConnectorType.OpenAi, "completions", OpenAiDialects.Completions, request => new OpenAiAnswerReader(request)),
        Read(ConnectorType.OpenAi, "embeddings", OpenAiDialects.Embeddings, request => new OpenAiAnswerReader(request, hasOutput: false)),
        Read(ConnectorType.Anthropic, "messages", AnthropicDialects.Messages, request => new TypedAnswerReader(request)),
        Read(ConnectorType.Anthropic, "count_tokens", AnthropicDialects.CountTokens, _ => new UnchargedAnswerReader()),
    ];

    /// <summary>An operation by the name that policy knows it by; null where the type has none such.</summary>
    public static ModelOperation? Find(ConnectorType type, Id<Operation> operation)
    {
        foreach (var candidate in All)
        {
            if (candidate.Type == type && candidate.Operation == operation)
            {
                return candidate;
            }
        }

        return null;
    }

    private static ModelOperation Read(ConnectorType type, string name, ModelDialect dialect, Func<BodyReading, IResponseReader> answers) =>
        new(
            type,
            Id<Operation>.Parse(name),
            ModelApi.PathOf(type, name),
            type == ConnectorType.Anthropic ? "?beta=true" : "",
            new ModelBodyReader(dialect),
            answers
        )
        {
            GivesIds = name == "responses",
        };
}
