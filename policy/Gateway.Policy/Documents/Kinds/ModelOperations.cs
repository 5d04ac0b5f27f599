using Gateway.Policy.Model;

namespace Gateway.Policy.Documents.Kinds;

/// <summary>What each type of model connector can do. Paths are relative to the base address, which ends in the API's version.</summary>
internal static class ModelOperations
{
    /// <summary>
    /// For asking the provider about a call, and for waiting as long as it asks; what it says of its own limits is another's business too.
    /// </summary>
    public static IReadOnlyList<string> ResponseHeaders { get; } = ["request-id", "retry-after", "x-request-id"];

    private static readonly (string Name, string Path)[] OpenAi =
    [
        ("chat", "/chat/completions"),
        ("responses", "/responses"),
        ("completions", "/completions"),
        ("embeddings", "/embeddings"),
    ];

    private static readonly (string Name, string Path)[] Anthropic =
    [
        ("messages", "/messages"),
        ("count_tokens", "/messages/count_tokens"),
    ];

    // No anthropic-beta: a beta can turn on powers of the provider that nobody has judged.
    private static readonly string[] AnthropicHeaders = ["anthropic-version"];

    public static IReadOnlyList<(string Name, string Path)> Of(ConnectorType type) =>
        type switch
        {
            ConnectorType.OpenAi => OpenAi,
            ConnectorType.Anthropic => Anthropic,
            ConnectorType.Http or ConnectorType.Unspecified => [],
        };

    public static IReadOnlyList<string> RequestHeaders(ConnectorType type) => type == ConnectorType.Anthropic ? AnthropicHeaders : [];
}
