using System.Collections.Frozen;
using Gateway.Policy.Model;

namespace Gateway.Policy.Compilation;

/// <summary>An agent and everything on record about it, found in one look-up. Immutable.</summary>
public sealed record AgentDossier
{
    public required Agent Agent { get; init; }

    /// <summary>What it is judged by: the stricter of its tenant's and its workspace's.</summary>
    public required Profile Profile { get; init; }

    public required LevelBacking Backing { get; init; }

    /// <summary>One entry for each operation granted; a grant of everything is spelt out at load.</summary>
    public required FrozenDictionary<(Id<Connector>, Id<Operation>), ToolPermission> Permissions { get; init; }

    public required IReadOnlyList<DataFlow> DataFlows { get; init; }
    public required IReadOnlyList<Playbook> Playbooks { get; init; }
    public required IReadOnlyList<RedTeamTest> RedTeamTests { get; init; }

    /// <summary>Open ones only, risks and findings.</summary>
    public required IReadOnlyList<Finding> OpenFindings { get; init; }
}
