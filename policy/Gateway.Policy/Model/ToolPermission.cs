namespace Gateway.Policy.Model;

/// <summary>That one agent may use some operations of one connector, and on which terms.</summary>
public sealed record ToolPermission
{
    public required Id<Tenant> Tenant { get; init; }
    public required string Name { get; init; }
    public required Id<Agent> Agent { get; init; }
    public required Id<Connector> Connector { get; init; }

    /// <summary>The operations granted; empty for every operation that the connector declares (<c>"*"</c> in the document).</summary>
    public required IReadOnlyList<Id<Operation>> Operations { get; init; }

    /// <summary>Must be on, or control 6 fails.</summary>
    public bool AuditLogging { get; init; }

    /// <summary>A named human approves each use. A critical operation fails control 6 without it.</summary>
    public bool HumanApproval { get; init; }

    /// <summary>Answer as if, send nothing: the verdict becomes degrade.</summary>
    public bool DryRun { get; init; }

    /// <summary>The most output tokens a model call may ask for; a call that asks for more is capped. Null for no cap.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>Beside the operation's own; null for none.</summary>
    public TransactionLimit? Transaction { get; init; }

    /// <summary>When it may be used; null for at any time.</summary>
    public WorkingHours? Hours { get; init; }

    public required SourcePosition Source { get; init; }
}
