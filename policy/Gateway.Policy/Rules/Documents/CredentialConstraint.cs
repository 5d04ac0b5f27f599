namespace Gateway.Policy.Rules.Documents;

/// <summary>What a rule asks of the credential that the action will use; anything unmet blocks.</summary>
public sealed record CredentialConstraint
{
    public bool BlockStanding { get; init; }
    public IReadOnlyList<string> Sources { get; init; } = [];
    public IReadOnlyList<string> Issuers { get; init; } = [];
    public IReadOnlyList<string> AccessTypes { get; init; } = [];

    /// <value>Seconds; 0 for any.</value>
    public long MaxTtlSeconds { get; init; }
    public bool JustInTime { get; init; }
}
