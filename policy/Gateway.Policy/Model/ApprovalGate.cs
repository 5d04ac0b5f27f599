using System.Collections.Frozen;

namespace Gateway.Policy.Model;

/// <summary>
/// Which actions whose approval covers. An empty list matches anything. A gate that matches shows that someone could approve
/// (control 7); approval is demanded by the level's boundary, the permission, or <see cref="Always"/>.
/// </summary>
public sealed record ApprovalGate
{
    public required Id<Tenant> Tenant { get; init; }
    public required string Name { get; init; }
    public bool Active { get; init; }

    /// <summary>Demand approval for whatever matches, whatever else says.</summary>
    public bool Always { get; init; }

    public IReadOnlyList<ActionType> Actions { get; init; } = [];
    public IReadOnlyList<Id<Connector>> Connectors { get; init; } = [];
    public IReadOnlyList<Id<Operation>> Operations { get; init; } = [];
    public IReadOnlyList<string> TargetSystems { get; init; } = [];

    /// <summary>The classes that the gate covers; an action with a class outside them isn't covered. None for any.</summary>
    public DataClasses Data { get; init; }

    public IReadOnlyList<DeploymentEnvironment> Environments { get; init; } = [];

    /// <summary>At least one.</summary>
    public required IReadOnlyList<string> ApproverGroups { get; init; }

    /// <summary>
    /// The people of the groups, as <see cref="PersonName.Of"/> has them; nobody where no group has a document. Filled in when the tenant's
    /// documents are put together.
    /// </summary>
    public IReadOnlySet<string> Approvers { get; init; } = FrozenSet<string>.Empty;

    /// <summary>Whether one who owns the agent may approve its action. Unsaid, nobody approves for an agent of one's own.</summary>
    public bool OwnersMayApprove { get; init; }

    /// <summary>Who may let it go ahead in an emergency; null for nobody.</summary>
    public BreakGlass? BreakGlass { get; init; }

    /// <value>How long a call waits for its approval before it is refused, up to 5 minutes; zero for not at all.</value>
    public TimeSpan Hold { get; init; }

    /// <value>Distinct humans, from 1 to 10.</value>
    public int Quorum { get; init; } = 1;

    public TimeSpan TimeToDecide { get; init; } = TimeSpan.FromHours(1);
    public TimeSpan TimeToUse { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>What whoever needs the approval is told; empty for nothing of its own.</summary>
    public string Message { get; init; } = "";

    public required SourcePosition Source { get; init; }
}
