namespace Gateway.Policy.Rules.Intents;

/// <summary>The credential that the action will use: never the secret, only where it comes from and what it is bound to.</summary>
public sealed record CredentialClaim
{
    public string Ref { get; init; } = "";
    public string Source { get; init; } = "";
    public string AccessType { get; init; } = "";
    public string Issuer { get; init; } = "";
    public string Subject { get; init; } = "";
    public string Owner { get; init; } = "";
    public string TargetBinding { get; init; } = "";
    public string RunBinding { get; init; } = "";
    public string JobBinding { get; init; } = "";

    /// <value>Seconds; 0 when unsaid.</value>
    public long TtlSeconds { get; init; }
    public IReadOnlyList<string> Scopes { get; init; } = [];
}
