namespace Gateway.Samples.Provider.Answering;

/// <summary>What every dialect's request comes down to. Made by a dialect's reader.</summary>
internal sealed record Prompt
{
    public string Model { get; init; } = "";

    /// <summary>The last user message's text: what is answered.</summary>
    public string Last { get; init; } = "";

    /// <summary>Words in all messages: the input tokens.</summary>
    public int InputWords { get; init; }

    /// <summary>Most words in the answer; null for no limit.</summary>
    public int? MaxTokens { get; init; }

    public bool Stream { get; init; }

    /// <summary>Whether the stream was asked for its usage (OpenAI only).</summary>
    public bool IncludeUsage { get; init; }

    /// <value>Answers wanted, at least 1.</value>
    public int Choices { get; init; } = 1;

    /// <summary>JSON that fits the schema which the answer must have; null for a text.</summary>
    public string? Fitting { get; init; }

    /// <summary>The function among the tools that a request to use one means; null for none.</summary>
    public ToolOffer? Tool { get; init; }

    /// <summary>What the last message says a tool answered; null where it is no tool's.</summary>
    public string? ToolResult { get; init; }
}

/// <summary>A function that the caller would run.</summary>
/// <param name="Arguments">JSON that fits its schema's required properties.</param>
internal sealed record ToolOffer(string Name, string Arguments);
