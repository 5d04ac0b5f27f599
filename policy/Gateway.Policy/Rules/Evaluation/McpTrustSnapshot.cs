using Gateway.Policy.Rules.Intents;

namespace Gateway.Policy.Rules.Evaluation;

/// <summary>What is known of MCP servers. Immutable.</summary>
/// <param name="Entries">By their key; empty unless known.</param>
public sealed record McpTrustSnapshot(McpSnapshotStatus Status, IReadOnlyDictionary<string, McpTrustEntry> Entries)
{
    public static McpTrustSnapshot Unavailable { get; } = new(McpSnapshotStatus.Unavailable, new Dictionary<string, McpTrustEntry>());

    public static McpTrustSnapshot Invalid { get; } = new(McpSnapshotStatus.Invalid, new Dictionary<string, McpTrustEntry>());
}

/// <summary>Whether the snapshot is there. Unset, it isn't.</summary>
public enum McpSnapshotStatus
{
    Unavailable = 0,
    Invalid = 1,
    Known = 2,
}

/// <summary>What is known of one server.</summary>
public sealed record McpTrustEntry
{
    public required string Key { get; init; }
    public string Publisher { get; init; } = "";

    /// <summary><c>trusted</c>, <c>allow</c>, <c>pass</c> or empty is trusted; anything else isn't.</summary>
    public string Status { get; init; } = "";
    public GoTime UpdatedAt { get; init; }
    public double Score { get; init; }

    /// <summary>The registry's signature is verified, the publisher allowed, and a pin, where there is one, met.</summary>
    public bool RegistryVerified { get; init; }
}
