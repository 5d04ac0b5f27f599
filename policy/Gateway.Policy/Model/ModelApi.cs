namespace Gateway.Policy.Model;

/// <summary>
/// The API of each type of model provider: its operations, all of them POST, and the headers that go along. Paths are relative to the base
/// address, which ends in the API's version.
/// </summary>
public static class ModelApi
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

    public static IReadOnlyList<(string Name, string Path)> Operations(ConnectorType type) =>
        type switch
        {
            ConnectorType.OpenAi => OpenAi,
            ConnectorType.Anthropic => Anthropic,
            ConnectorType.Http or ConnectorType.Unspecified => [],
        };

    /// <exception cref="ArgumentException">The type has no such operation.</exception>
    public static string PathOf(ConnectorType type, string operation)
    {
        foreach (var (name, path) in Operations(type))
        {
            if (name == operation)
            {
                return path;
            }
        }

        throw new ArgumentException($"A connector of type {type} has no operation '{operation}'.", nameof(operation));
    }

    public static IReadOnlyList<string> RequestHeaders(ConnectorType type) => type == ConnectorType.Anthropic ? AnthropicHeaders : [];
}
