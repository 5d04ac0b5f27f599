namespace Gateway.Policy.Rules.Documents;

/// <summary>Reads <c>match</c>.</summary>
internal static class MatchFields
{
    public static RuleMatch Read(RuleFields fields, RuleDialect dialect) =>
        dialect == RuleDialect.Gait
            ? Read(fields)
            : Read(fields) with
            {
                Connectors = fields.LowerList("connectors"),
                Actions = fields.WordList("actions", RuleWords.Actions),
            };

    private static RuleMatch Read(RuleFields fields) =>
        new()
        {
            ToolNames = CodeList.Of([.. fields.LowerList("tool_names"), fields.Lower("tool_name")]),
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
            Targets = ReadTargets(fields),
            Delegation = ReadDelegation(fields),
        };

    private static TargetMatch ReadTargets(RuleFields fields)
    {
        var targets = new TargetMatch
        {
            Kinds = fields.LowerList("target_kinds"),
            Values = fields.List("target_values"),
            EndpointClasses = CodeList.Of([
                .. fields.WordList("endpoint_classes", RuleWords.EndpointClasses),
                .. fields.WordList("endpoint_class", RuleWords.EndpointClasses),
            ]),
            DiscoveryMethods = fields.WordList("discovery_method", RuleWords.DiscoveryMethods),
            DataClasses = fields.LowerList("data_classes"),
            DestinationKinds = fields.LowerList("destination_kinds"),
            DestinationValues = fields.List("destination_values"),
            DestinationOperations = fields.LowerList("destination_operations"),
        };
        return fields.Section("tool_annotations", hints => ReadHints(hints, targets)) ?? targets;
    }

    private static TargetMatch ReadHints(RuleFields fields, TargetMatch targets) =>
        targets with
        {
            ReadOnlyHint = fields.OptionalFlag("readOnlyHint"),
            DestructiveHint = fields.OptionalFlag("destructiveHint"),
            IdempotentHint = fields.OptionalFlag("idempotentHint"),
            OpenWorldHint = fields.OptionalFlag("openWorldHint"),
        };

    private static DelegationMatch? ReadDelegation(RuleFields fields)
    {
        var delegation = new DelegationMatch
        {
            Required = fields.Flag("require_delegation"),
            Delegators = fields.List("allowed_delegator_identities"),
            Delegates = fields.List("allowed_delegate_identities"),
            Scopes = fields.LowerList("delegation_scopes"),
            MaxDepth = (int?)fields.OptionalNumber("max_delegation_depth", 0, int.MaxValue),
        };
        var asked =
            delegation.Required
            || delegation.Delegators.Count > 0
            || delegation.Delegates.Count > 0
            || delegation.Scopes.Count > 0
            || delegation.MaxDepth is not null;
        return asked ? delegation : null;
    }
}
