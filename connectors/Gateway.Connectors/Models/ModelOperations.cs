using Gateway.Connectors.Contracts;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Models;

/// <summary>Every operation of the model doors. All are POST.</summary>
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

    /// <summary>
    /// The operation that comes in at a path of Gateway's own; null where there is none. Paths are compared byte by byte.
    /// </summary>
    public static ModelOperation? FindByDoorPath(ReadOnlySpan<char> path)
    {
        foreach (var operation in All)
        {
            if (path.SequenceEqual(operation.DoorPath))
            {
                return operation;
            }
        }

        return null;
    }

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
        new(Door.OpenAi, ConnectorType.OpenAi, Id<Operation>.Parse(name), "/v1" + path, path, new ModelBodyReader(dialect), answers);

    private static ModelOperation Anthropic(string name, string path, ModelDialect dialect, Func<BodyReading, IResponseReader> answers) =>
        new(Door.Anthropic, ConnectorType.Anthropic, Id<Operation>.Parse(name), "/v1" + path, path, new ModelBodyReader(dialect), answers);
}
