using System.Collections.Frozen;
using System.Text;

namespace Gateway.Policy.Model;

/// <summary>A registered identity that acts. What changes at run time (a suspension) is in the durable store and comes as a fact.</summary>
public sealed record Agent
{
    public required Id<Tenant> Tenant { get; init; }
    public required Id<Workspace> Workspace { get; init; }
    public required Id<Agent> Id { get; init; }

    /// <summary>
    /// Which agent of its name it is, where a name is given again; null where its document doesn't say. Keys hold for the agent that they
    /// were issued to: another uid is another agent.
    /// </summary>
    public string? Uid { get; init; }

    /// <summary>A named person who answers for the agent; null fails control 3.</summary>
    public string? HumanOwner { get; init; }

    /// <summary>A named person who answers for its security; null fails control 4.</summary>
    public string? SecurityOwner { get; init; }

    public string Purpose { get; init; } = "";
    public LifecycleStatus Status { get; init; }
    public AtfLevel Level { get; init; }
    public RiskTier Risk { get; init; }
    public string Version { get; init; } = "";

    /// <summary>What its document says; <see cref="AgentLimits"/> has what holds.</summary>
    public StatedLimits Limits { get; init; } = new(null, null, null, LimitKinds.None);

    /// <summary>Whether a bearer key opens tools too. Off unless the document says so: a bearer can be replayed.</summary>
    public bool BearerTools { get; init; }

    /// <summary>Whether receipts of all the tenant's records are open to it, and not only those of its own.</summary>
    public bool TenantReceipts { get; init; }

    /// <summary>The names of what it is for; an operation that names purposes is open to it only for one of these.</summary>
    public IReadOnlyList<string> Purposes { get; init; } = [];

    /// <summary>Null for an agent that was approved for whatever it has a permission for.</summary>
    public CapabilityManifest? Capabilities { get; init; }

    /// <summary>When it may act; null for at any time.</summary>
    public WorkingHours? Hours { get; init; }

    /// <summary>Null for no limit.</summary>
    public CumulativeLimit? Cumulative { get; init; }

    /// <summary>Null for no limit of its own.</summary>
    public ChildLimits? Children { get; init; }

    /// <summary>Beside the profile's; null for none of its own.</summary>
    public Demotion? Demote { get; init; }

    /// <summary>In the order of the document.</summary>
    public IReadOnlyList<Promotion> Promotions { get; init; } = [];

    public required SourcePosition Source { get; init; }

    /// <param name="person">As <see cref="PersonName.Of"/> gives it.</param>
    public bool IsOwnedBy(string person) => person == PersonName.Of(HumanOwner) || person == PersonName.Of(SecurityOwner);
}

/// <summary>Where an agent is in its life. Only <see cref="Active"/> acts.</summary>
public enum LifecycleStatus
{
    Unknown = 0,
    Draft = 1,
    Active = 2,
    Suspended = 3,
    Retired = 4,
}

/// <summary>The operations that an agent was approved for. A permission for another one doesn't help.</summary>
/// <param name="Operations">Each by its connector and its own name.</param>
public sealed record CapabilityManifest(FrozenSet<(Id<Connector> Connector, Id<Operation> Operation)> Operations)
{
    /// <summary>Whether the agent was approved for it. A built-in operation needs any other of its connector.</summary>
    public bool Has(Id<Connector> connector, Operation operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        var isNamed = Operations.Contains((connector, operation.Id));
        if (isNamed || operation.Mcp is not { IsBuiltIn: true })
        {
            return isNamed;
        }

        foreach (var (other, _) in Operations)
        {
            if (other == connector)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>SHA-256 of the operations, one <c>connector/operation</c> a line, in the order of their bytes.</summary>
    public Sha256Digest Digest =>
        Sha256Digest.Compute(
            Encoding.UTF8.GetBytes(string.Concat(Operations.Select(o => $"{o.Connector}/{o.Operation}\n").Order(StringComparer.Ordinal)))
        );
}
