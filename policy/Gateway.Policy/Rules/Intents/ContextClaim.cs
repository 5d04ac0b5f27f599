namespace Gateway.Policy.Rules.Intents;

/// <summary>
/// What the caller says about the context that it gathered. Only a verified envelope counts; the claim alone is dropped before judging.
/// </summary>
public sealed record ContextClaim
{
    public string SetDigest { get; init; } = "";
    public string Mode { get; init; } = "";
    public IReadOnlyList<string> Refs { get; init; } = [];

    /// <summary>Seconds; null when unsaid.</summary>
    public long? AgeSeconds { get; init; }
}
