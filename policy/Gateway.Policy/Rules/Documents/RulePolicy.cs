using Gateway.Policy.Model;

namespace Gateway.Policy.Rules.Documents;

/// <summary>
/// One list of rules with what holds for all of them, normalised. Immutable; made by <see cref="RulePolicyReader"/> or a <c>Policy</c>
/// document.
/// </summary>
public sealed record RulePolicy
{
    public const string SchemaId = "gait.gate.policy";
    public const string SchemaVersion = "1.0.0";

    public RuleCombine Combine { get; init; }

    /// <summary>
    /// The rules stand beside a gateway's controls, which refuse what isn't granted. A default of allow then means that they say nothing,
    /// about a destructive action too.
    /// </summary>
    public bool IsOverlay { get; init; }

    /// <summary>When no rule matches. Unset blocks; a file that doesn't say means require_approval.</summary>
    public Verdict DefaultVerdict { get; init; }

    public FailClosedSection FailClosed { get; init; } = new();

    public ScriptLimits Scripts { get; init; } = new();

    /// <summary>Null when the file doesn't ask for it.</summary>
    public McpTrustSection? McpTrust { get; init; }

    /// <summary>By priority, then by name in the order of bytes.</summary>
    public IReadOnlyList<RuleDefinition> Rules { get; init; } = [];
}

/// <summary>How the verdicts of several matching rules become one. Unset is the stricter way.</summary>
public enum RuleCombine
{
    /// <summary>Every matching rule counts and the strictest wins: a restricting rule that is added can never loosen anything.</summary>
    Strictest = 0,

    /// <summary>The matching rules of the first priority that has any; the strictest of them wins. What a bare Gait file means.</summary>
    FirstTier = 1,
}

/// <summary>A <c>Policy</c> document: rules that stand beside a tenant's controls and can only tighten them.</summary>
public sealed record NamedPolicy(Id<Tenant> Tenant, string Name, RulePolicy Rules, SourcePosition Source);
