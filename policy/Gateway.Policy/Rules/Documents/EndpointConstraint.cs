using Gateway.Policy.Model;

namespace Gateway.Policy.Rules.Documents;

/// <summary>Where an action may go, checked for every target. Empty lists aren't given.</summary>
public sealed record EndpointConstraint
{
    public IReadOnlyList<string> PathAllowlist { get; init; } = [];
    public IReadOnlyList<string> PathDenylist { get; init; } = [];
    public IReadOnlyList<string> DomainAllowlist { get; init; } = [];
    public IReadOnlyList<string> DomainDenylist { get; init; } = [];
    public IReadOnlyList<string> EgressClasses { get; init; } = [];

    /// <summary>Block or require_approval.</summary>
    public Verdict Action { get; init; }

    /// <summary>For a destructive target; null for nothing of its own.</summary>
    public Verdict? DestructiveAction { get; init; }

    public string ReasonCode { get; init; } = "endpoint_constraint_violation";

    public string Violation { get; init; } = "endpoint_constraint_violation";
}
