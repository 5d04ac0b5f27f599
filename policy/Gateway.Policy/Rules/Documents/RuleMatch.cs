namespace Gateway.Policy.Rules.Documents;

/// <summary>
/// Which intents a rule is about. All fields that are given must match; a list matches when any of its elements does; an empty list isn't
/// given. Lists are trimmed, without repetitions, sorted; lower case where the intent's field is.
/// </summary>
public sealed record RuleMatch
{
    public IReadOnlyList<string> ToolNames { get; init; } = [];
    public IReadOnlyList<string> RiskClasses { get; init; } = [];
    public IReadOnlyList<string> Identities { get; init; } = [];
    public IReadOnlyList<string> WorkspacePrefixes { get; init; } = [];
    public IReadOnlyList<string> ProvenanceSources { get; init; } = [];
    public IReadOnlyList<string> SkillPublishers { get; init; } = [];
    public IReadOnlyList<string> SkillSources { get; init; } = [];
    public IReadOnlyList<string> ContextToolNames { get; init; } = [];
    public IReadOnlyList<string> ContextDataClasses { get; init; } = [];
    public IReadOnlyList<string> ContextEndpointClasses { get; init; } = [];
    public IReadOnlyList<string> ContextAutonomyLevels { get; init; } = [];

    /// <summary>Connectors of the gateway; only in a <c>Policy</c> document, where the index of the rules does the matching.</summary>
    public IReadOnlyList<string> Connectors { get; init; } = [];

    /// <summary>Action types, as a connector's operations have them; the same.</summary>
    public IReadOnlyList<string> Actions { get; init; } = [];

    /// <summary>About the intent's targets.</summary>
    public TargetMatch Targets { get; init; } = new();

    /// <summary>About the delegation; null when nothing is asked of it.</summary>
    public DelegationMatch? Delegation { get; init; }

    /// <summary>Whether nothing is asked for beside the tool, its connector and its action.</summary>
    public bool IsOfToolsOnly =>
        RiskClasses.Count == 0
        && Identities.Count == 0
        && WorkspacePrefixes.Count == 0
        && ProvenanceSources.Count == 0
        && SkillPublishers.Count == 0
        && SkillSources.Count == 0
        && ContextToolNames.Count == 0
        && ContextDataClasses.Count == 0
        && ContextEndpointClasses.Count == 0
        && ContextAutonomyLevels.Count == 0
        && Targets.IsEmpty
        && Delegation is null;
}
