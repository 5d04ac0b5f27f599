namespace Gateway.Policy.Model;

/// <summary>
/// What a provider's models can answer at most, for connectors whose documents don't say. From the providers' lists of models
/// (platform.openai.com/docs/models, docs.claude.com/en/docs/about-claude/models) as they were in November 2026. It only sets what is
/// reserved of a budget before the provider has counted, and which names are listed.
/// </summary>
public static class KnownModels
{
    private static readonly ModelOffer[] OpenAi =
    [
        new("gpt-5*", ["gpt-5", "gpt-5-mini", "gpt-5-nano"], 128_000),
        new("gpt-4.1*", ["gpt-4.1", "gpt-4.1-mini", "gpt-4.1-nano"], 32_768),
        new("gpt-4o*", ["gpt-4o", "gpt-4o-mini"], 16_384),
        new("o1*", [], 100_000),
        new("o3*", ["o3", "o3-mini"], 100_000),
        new("o4*", ["o4-mini"], 100_000),
        new("text-embedding-3-*", ["text-embedding-3-large", "text-embedding-3-small"], 8_192),
        new("omni-moderation-*", ["omni-moderation-latest"], 32_768),
    ];

    private static readonly ModelOffer[] Anthropic =
    [
        new("claude-opus-4*", ["claude-opus-4-1", "claude-opus-4-5"], 64_000),
        new("claude-sonnet-4*", ["claude-sonnet-4-5"], 64_000),
        new("claude-haiku-4*", ["claude-haiku-4-5"], 64_000),
    ];

    /// <summary>Every family of a type of provider; empty for a type that is none.</summary>
    public static IReadOnlyList<ModelOffer> Of(ConnectorType type) =>
        type switch
        {
            ConnectorType.OpenAi => OpenAi,
            ConnectorType.Anthropic => Anthropic,
            ConnectorType.Http or ConnectorType.Unspecified => [],
        };

    /// <summary>The most output tokens of a family or a model; null where it isn't known.</summary>
    /// <param name="match">As a document has it: a name, or its beginning and a star.</param>
    public static int? MostTokens(ConnectorType type, string match)
    {
        foreach (var known in Of(type))
        {
            if (known.Matches(match.AsSpan().TrimEnd('*')))
            {
                return known.MaxTokens;
            }
        }

        return null;
    }
}
