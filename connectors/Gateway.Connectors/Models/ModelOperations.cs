using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Models;

/// <summary>Every operation of the model providers. All are POST.</summary>
public static class ModelOperations
{
    public static IReadOnlyList<ModelOperation> All { get; } =
    [
        OpenAi("chat", "/chat/completions", OpenAiDialects.Chat, request => new OpenAiAnswerReader(request.StreamUsage)),
        OpenAi("responses", "/responses", OpenAiDialects.Responses, _ => new TypedAnswerReader()),
        OpenAi("completions", "/completions", OpenAiDialects.Completions, request => new OpenAiAnswerReader(request.StreamUsage)),
        OpenAi("embeddings", "/embeddings", OpenAiDialects.Embeddings, _ => new OpenAiAnswerReader(forwardUsage: true)),
        Anthropic("messages", "/messages", AnthropicDialects.Messages, _ => new TypedAnswerReader()),
        Anthropic("count_tokens", "/messages/count_tokens", AnthropicDialects.CountTokens, _ => new UnchargedAnswerReader()),
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

    private static ModelOperation OpenAi(string name, string path, ModelDialect dialect, Func<BodyReading, IResponseReader> answers) =>
        new(ConnectorType.OpenAi, Id<Operation>.Parse(name), path, new ModelBodyReader(dialect), answers);

    private static ModelOperation Anthropic(string name, string path, ModelDialect dialect, Func<BodyReading, IResponseReader> answers) =>
        new(ConnectorType.Anthropic, Id<Operation>.Parse(name), path, new ModelBodyReader(dialect), answers);
}
