namespace Gateway.Policy.Rules.Intents;

/// <summary>What is said about the sandbox that the action runs in. Empty and 0 are unsaid.</summary>
public sealed record SandboxMetadata
{
    public string NetworkMode { get; init; } = "";
    public IReadOnlyList<string> WritablePaths { get; init; } = [];
    public IReadOnlyList<string> ReadOnlyRoots { get; init; } = [];
    public string EnvExposureMode { get; init; } = "";
    public long TimeoutSeconds { get; init; }
    public string FilesystemIsolation { get; init; } = "";
    public string UserMode { get; init; } = "";
    public string EvidenceRef { get; init; } = "";
    public string EvidenceDigest { get; init; } = "";

    internal bool IsEmpty =>
        NetworkMode.Length
            + EnvExposureMode.Length
            + FilesystemIsolation.Length
            + UserMode.Length
            + EvidenceRef.Length
            + EvidenceDigest.Length
            == 0
        && WritablePaths.Count + ReadOnlyRoots.Count == 0
        && TimeoutSeconds == 0;
}
