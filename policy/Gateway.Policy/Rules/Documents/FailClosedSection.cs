namespace Gateway.Policy.Rules.Documents;

/// <summary>What an intent of a high risk class must say to be judged at all; what is missing blocks.</summary>
public sealed record FailClosedSection
{
    public bool Enabled { get; init; }

    /// <summary>Default critical and high, when enabled.</summary>
    public IReadOnlyList<string> RiskClasses { get; init; } = [];

    public IReadOnlyList<string> RequiredFields { get; init; } = [];

    public IReadOnlyList<string> RequiredHighRiskFields { get; init; } = [];
}
