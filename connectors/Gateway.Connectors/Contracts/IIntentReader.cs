using System.Diagnostics.CodeAnalysis;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Contracts;

/// <summary>
/// Understands one kind of request body: strictly, without repairing or guessing. Stateless and thread-safe; no I/O.
/// </summary>
public interface IIntentReader
{
    /// <summary>
    /// Reads a whole body. False and a refusal (<see cref="ReasonCode.MalformedRequest"/>, <see cref="ReasonCode.AmbiguousRequest"/>,
    /// <see cref="ReasonCode.UnknownField"/>, <see cref="ReasonCode.UnsupportedFeature"/>,
    /// <see cref="ReasonCode.ProviderCredentialsInRequest"/>) where it can't be understood in one way only; the reading is then empty.
    /// </summary>
    bool TryRead(ReadOnlySpan<byte> body, out BodyReading reading, [NotNullWhen(false)] out Refusal? refusal);
}

/// <summary>What a request body asks for.</summary>
public sealed record BodyReading
{
    public static BodyReading Empty { get; } = new();

    /// <summary>Null where the body names no model.</summary>
    public string? Model { get; init; }

    public bool Stream { get; init; }

    /// <summary>Whether the caller itself asked for usage in the stream; where not, the extra chunk is dropped.</summary>
    public bool StreamUsage { get; init; }

    /// <summary>
    /// Whether <c>stream_options.include_usage</c> must be set to true before the body goes out: it streams in a dialect that tells usage
    /// only when asked, and the caller didn't ask.
    /// </summary>
    public bool StreamUsageMustBeSet { get; init; }

    /// <summary>Whether the provider would keep the answer: it is asked to, or does unless told not to.</summary>
    public bool Stores { get; init; }

    /// <summary>Ids of what the provider keeps, as the caller was told them; it must have been this agent.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>Output tokens asked for, of one answer; null where the body doesn't say and the model's maximum is reserved.</summary>
    public long? MaxTokens { get; init; }

    /// <summary>The name of the body's field for output tokens, such as <c>max_completion_tokens</c>: the one a cap goes into.</summary>
    public string MaxTokensField { get; init; } = "";

    /// <summary>A rough count of input tokens: bytes of text over four. Only for reserving.</summary>
    public long InputTokens { get; init; }

    /// <summary>
    /// How many answers are asked for (<c>n</c>, <c>best_of</c>, several prompts, summing up), which multiplies the output. At least 1.
    /// </summary>
    public int Choices { get; init; } = 1;

    /// <summary>Tokens of thought asked for. A provider may let them go beyond <see cref="MaxTokens"/>.</summary>
    public long ThinkingTokens { get; init; }

    /// <summary>Whether output tokens may be used that the answer doesn't show, so that what came doesn't tell what it cost.</summary>
    public bool HidesOutput { get; init; }

    /// <summary>Whether the answer begins with the prompt, which is no output.</summary>
    public bool EchoesPrompt { get; init; }

    /// <summary>Output tokens that the whole call can use, over all its answers.</summary>
    /// <param name="offered">The most of one answer where the body doesn't say.</param>
    public long MostOutput(long offered) => Math.Max(MaxTokens ?? offered, ThinkingTokens) * Choices;

    /// <summary>
    /// Types of the tools that the provider itself would run, such as <c>web_search</c>; each must be listed on the connector.
    /// </summary>
    public IReadOnlyList<string> HostedTools { get; init; } = [];

    /// <summary>What a batch asks for, where the body is one or the input of one; null for anything else.</summary>
    public BatchReading? Batch { get; init; }

    /// <summary>Members of the top level that nobody has judged, in the order of the body; they are left out of what goes out.</summary>
    public IReadOnlyList<string> Unknown { get; init; } = [];
}
