namespace Gateway.Policy.Model;

/// <summary>
/// The most that one answer of a provider's models can have, for connectors whose documents don't say, in November 2026: Anthropic's after
/// the AI SDK's table (@ai-sdk/anthropic 4.0.105), OpenAI's as published with each of the older ones, and for whatever is newer the most of
/// any, which reserves rather too much of a budget than too little. Names are those of the official clients' types.
/// </summary>
public static class KnownModels
{
    private static readonly ModelOffer[] OpenAi =
    [
        new("gpt-3.5-*", ["gpt-3.5-turbo"], 4_096),
        new("gpt-4o*", ["gpt-4o", "gpt-4o-mini"], 16_384),
        new("gpt-4.1*", ["gpt-4.1", "gpt-4.1-mini", "gpt-4.1-nano"], 32_768),
        new("gpt-4*", ["gpt-4", "gpt-4-turbo"], 8_192),
        new("gpt-*", ["gpt-5", "gpt-5-mini", "gpt-5-nano", "gpt-5.5", "gpt-6-sol", "gpt-6.1-sol"], 128_000),
        new("o1*", ["o1"], 100_000),
        new("o3*", ["o3", "o3-mini"], 100_000),
        new("o4*", ["o4-mini"], 100_000),
        new("text-embedding-3-*", ["text-embedding-3-large", "text-embedding-3-small"], 8_192),
        new("omni-moderation-*", ["omni-moderation-latest"], 32_768),
    ];

    private static readonly ModelOffer[] Anthropic =
    [
        new("claude-opus-4-1*", ["claude-opus-4-1"], 32_000),
        new("claude-opus-4-5*", ["claude-opus-4-5"], 64_000),
        new("claude-sonnet-4-5*", ["claude-sonnet-4-5"], 64_000),
        new("claude-haiku-4-5*", ["claude-haiku-4-5"], 64_000),
        new("claude-*", ["claude-haiku-5-5", "claude-opus-4-8", "claude-opus-5-5", "claude-sonnet-4-6", "claude-sonnet-5-5"], 128_000),
    ];

    /// <summary>Every family of a type of provider, the first that matches counts; empty for a type that is none.</summary>
    public static IReadOnlyList<ModelOffer> Of(ConnectorType type) =>
        type switch
        {
            ConnectorType.OpenAi => OpenAi,
            ConnectorType.Anthropic => Anthropic,
            ConnectorType.Http or ConnectorType.Mcp or ConnectorType.Unspecified => [],
        };

    /// <summary>The most output tokens of a model, or of any model of a family; null where it isn't known.</summary>
    /// <param name="match">As a document has it: a name, or its beginning and a star.</param>
    public static int? MostTokens(ConnectorType type, string match)
    {
        var isFamily = match.EndsWith('*');
        var name = match.TrimEnd('*');
        int? most = null;
        foreach (var known in Of(type))
        {
            if (known.Matches(name))
            {
                return Math.Max(most ?? 0, known.MaxTokens);
            }

            if (isFamily && known.Match.StartsWith(name, StringComparison.Ordinal))
            {
                most = Math.Max(most ?? 0, known.MaxTokens);
            }
        }

        return most;
    }
}
