using System.Text.Json;

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
    public bool MatchesToolsOnly =>
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

    /// <summary>Reads <c>match</c>.</summary>
    internal static RuleMatch Read(RuleFields fields, RuleDialect dialect) =>
        dialect == RuleDialect.Gait
            ? Read(fields)
            : Read(fields) with
            {
                Connectors = fields.LowerList("connectors"),
                Actions = fields.WordList("actions", RuleWords.Actions),
            };

    /// <summary>Its members in the canonical form: the oldest seven lists always, the others when they say something.</summary>
    internal void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject("Match");
        json.WriteList("ToolNames", ToolNames);
        json.WriteList("RiskClasses", RiskClasses);
        json.WriteList("TargetKinds", Targets.Kinds);
        json.WriteList("TargetValues", Targets.Values);
        json.WriteList("ProvenanceSources", ProvenanceSources);
        json.WriteList("Identities", Identities);
        json.WriteList("WorkspacePrefixes", WorkspacePrefixes);
        json.WriteListIfAny("SkillPublishers", SkillPublishers);
        json.WriteListIfAny("SkillSources", SkillSources);
        json.WriteListIfAny("ContextToolNames", ContextToolNames);
        json.WriteListIfAny("ContextDataClasses", ContextDataClasses);
        json.WriteListIfAny("ContextEndpointClasses", ContextEndpointClasses);
        json.WriteListIfAny("ContextAutonomyLevels", ContextAutonomyLevels);
        json.WriteListIfAny("Connectors", Connectors);
        json.WriteListIfAny("Actions", Actions);
        Targets.Write(json);
        Delegation?.Write(json);
        json.WriteEndObject();
    }

    private static RuleMatch Read(RuleFields fields) =>
        new()
        {
            ToolNames = CodeList.Normalise([.. fields.LowerList("tool_names"), fields.Lower("tool_name")]),
            RiskClasses = fields.LowerList("risk_classes"),
            Identities = fields.List("identities"),
            WorkspacePrefixes = fields.List("workspace_prefixes"),
            ProvenanceSources = fields.LowerList("provenance_sources"),
            SkillPublishers = fields.LowerList("skill_publishers"),
            SkillSources = fields.LowerList("skill_sources"),
            ContextToolNames = fields.LowerList("context_tool_names"),
            ContextDataClasses = fields.LowerList("context_data_classes"),
            ContextEndpointClasses = fields.LowerList("context_endpoint_classes"),
            ContextAutonomyLevels = fields.LowerList("context_autonomy_levels"),
            Targets = TargetMatch.Read(fields),
            Delegation = DelegationMatch.Read(fields),
        };
}
