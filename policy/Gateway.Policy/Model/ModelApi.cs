namespace Gateway.Policy.Model;

/// <summary>
/// The API of each type of model provider: its operations, and the headers that go along. Paths are relative to the base
/// address, which ends in the API's version.
/// </summary>
public static class ModelApi
{
    /// <summary>
    /// For asking the provider about a call, and for waiting as long as it asks; what it says of its own limits is another's business too.
    /// </summary>
    public static IReadOnlyList<string> ResponseHeaders { get; } = ["request-id", "retry-after", "x-request-id"];

    private static readonly Uri OpenAiAddress = new("https://api.openai.com/v1");
    private static readonly Uri AnthropicAddress = new("https://api.anthropic.com/v1");

    private static readonly ModelApiOperation[] OpenAi =
    [
        new("chat", "/chat/completions"),
        new("responses", "/responses"),
        new("count_input_tokens", "/responses/input_tokens"),
        new("retrieve_response", "/responses/{id}", "GET"),
        new("list_response_input", "/responses/{id}/input_items", "GET"),
        new("cancel_response", "/responses/{id}/cancel"),
        new("delete_response", "/responses/{id}", "DELETE"),
        new("create_conversation", "/conversations"),
        new("retrieve_conversation", "/conversations/{id}", "GET"),
        new("update_conversation", "/conversations/{id}"),
        new("delete_conversation", "/conversations/{id}", "DELETE"),
        new("list_conversation_items", "/conversations/{id}/items", "GET"),
        new("add_conversation_items", "/conversations/{id}/items"),
        new("completions", "/completions"),
        new("embeddings", "/embeddings"),
        new("moderations", "/moderations"),
        new("list_models", "/models", "GET"),
        new("upload_file", "/files"),
        new("list_files", "/files", "GET"),
        new("retrieve_file", "/files/{id}", "GET"),
        new("read_file", "/files/{id}/content", "GET"),
        new("delete_file", "/files/{id}", "DELETE"),
        new("create_batch", "/batches"),
        new("list_batches", "/batches", "GET"),
        new("retrieve_batch", "/batches/{id}", "GET"),
        new("cancel_batch", "/batches/{id}/cancel"),
    ];

    private static readonly ModelApiOperation[] Anthropic =
    [
        new("messages", "/messages"),
        new("count_tokens", "/messages/count_tokens"),
        new("list_models", "/models", "GET"),
        new("create_batch", "/messages/batches"),
        new("list_batches", "/messages/batches", "GET"),
        new("retrieve_batch", "/messages/batches/{id}", "GET"),
        new("read_batch_results", "/messages/batches/{id}/results", "GET"),
        new("cancel_batch", "/messages/batches/{id}/cancel"),
        new("delete_batch", "/messages/batches/{id}", "DELETE"),
    ];

    /// <summary>The header that takes Anthropic's key.</summary>
    public const string AnthropicKey = "x-api-key";

    private static readonly string[] AnthropicHeaders = ["anthropic-beta", "anthropic-version"];

    public static IReadOnlyList<ModelApiOperation> Operations(ConnectorType type) =>
        type switch
        {
            ConnectorType.OpenAi => OpenAi,
            ConnectorType.Anthropic => Anthropic,
            ConnectorType.Http or ConnectorType.Mcp or ConnectorType.Unspecified => [],
        };

    /// <summary>Where a type of provider is, unless a document says otherwise; null for a type that is none.</summary>
    public static Uri? AddressOf(ConnectorType type) =>
        type switch
        {
            ConnectorType.OpenAi => OpenAiAddress,
            ConnectorType.Anthropic => AnthropicAddress,
            ConnectorType.Http or ConnectorType.Mcp or ConnectorType.Unspecified => null,
        };

    /// <exception cref="ArgumentException">The type has no such operation.</exception>
    public static string PathOf(ConnectorType type, string operation)
    {
        foreach (var candidate in Operations(type))
        {
            if (candidate.Name == operation)
            {
                return candidate.Path;
            }
        }

        throw new ArgumentException($"A connector of type {type} has no operation '{operation}'.", nameof(operation));
    }

    public static IReadOnlyList<string> RequestHeaders(ConnectorType type) => type == ConnectorType.Anthropic ? AnthropicHeaders : [];
}

/// <summary>One operation of a model provider's API.</summary>
/// <param name="Name">The name that policy knows it by.</param>
/// <param name="Path">Behind the base address; <c>{id}</c> is an id of something that the provider keeps.</param>
public sealed record ModelApiOperation(string Name, string Path, string Method = "POST");
