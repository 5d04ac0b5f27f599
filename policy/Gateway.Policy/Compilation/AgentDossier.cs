using System.Collections.Frozen;
using Gateway.Policy.Model;

namespace Gateway.Policy.Compilation;

/// <summary>An agent and everything on record about it, found in one look-up. Immutable.</summary>
public sealed record AgentDossier
{
    private ActionMemories? _memories;

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

    /// <summary>
    /// What the last decision about this operation made; null for one that isn't granted, so that nobody can fill the memory.
    /// </summary>
    internal ActionMemory? MemoryOf(Id<Connector> connector, Id<Operation> operation)
    {
        if (_memories is not { } memories || !ReferenceEquals(memories.Owner, this))
        {
            _memories = memories = new ActionMemories(this); // A changed copy of another dossier has nothing in common with its past.
        }

        return memories.Of(connector, operation);
    }
}
