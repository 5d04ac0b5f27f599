namespace Gateway.Policy.Rules.Documents;

/// <summary>What a rule asks of the sandbox that the action runs in; anything unmet, or unsaid, blocks. Empty lists aren't given.</summary>
public sealed record SandboxConstraint
{
    public IReadOnlyList<string> NetworkModes { get; init; } = [];

    /// <summary>Every writable path must lie at or below one of them.</summary>
    public IReadOnlyList<string> WritablePathPrefixes { get; init; } = [];

    /// <summary>Each must lie at or below a root that the sandbox declares read-only.</summary>
    public IReadOnlyList<string> ReadOnlyRoots { get; init; } = [];

    public IReadOnlyList<string> EnvExposureModes { get; init; } = [];

    /// <value>Seconds; 0 for any.</value>
    public long MaxTimeoutSeconds { get; init; }

    public IReadOnlyList<string> FilesystemIsolations { get; init; } = [];

    public IReadOnlyList<string> UserModes { get; init; } = [];
}
