using System.Text.Json;

namespace Gateway.Policy.Rules.Documents;

/// <summary>
/// A rule's <c>match</c> in the canonical form. The oldest seven lists are always there, the others when they say something.
/// </summary>
internal static class MatchCanonicalForm
{
    public static void Write(Utf8JsonWriter json, RuleMatch match)
    {
        json.WriteStartObject("Match");
        json.WriteList("ToolNames", match.ToolNames);
        json.WriteList("RiskClasses", match.RiskClasses);
        json.WriteList("TargetKinds", match.Targets.Kinds);
        json.WriteList("TargetValues", match.Targets.Values);
        json.WriteList("ProvenanceSources", match.ProvenanceSources);
        json.WriteList("Identities", match.Identities);
        json.WriteList("WorkspacePrefixes", match.WorkspacePrefixes);
        json.WriteListIfAny("SkillPublishers", match.SkillPublishers);
        json.WriteListIfAny("SkillSources", match.SkillSources);
        json.WriteListIfAny("ContextToolNames", match.ContextToolNames);
        json.WriteListIfAny("ContextDataClasses", match.ContextDataClasses);
        json.WriteListIfAny("ContextEndpointClasses", match.ContextEndpointClasses);
        json.WriteListIfAny("ContextAutonomyLevels", match.ContextAutonomyLevels);
        json.WriteListIfAny("Connectors", match.Connectors);
        json.WriteListIfAny("Actions", match.Actions);
        WriteTargets(json, match.Targets);
        WriteDelegation(json, match.Delegation ?? new DelegationMatch());
        json.WriteEndObject();
    }

    private static void WriteTargets(Utf8JsonWriter json, TargetMatch targets)
    {
        json.WriteListIfAny("EndpointClasses", targets.EndpointClasses);
        json.WriteListIfAny("DiscoveryMethods", targets.DiscoveryMethods);
        json.WriteListIfAny("DataClasses", targets.DataClasses);
        json.WriteListIfAny("DestinationKinds", targets.DestinationKinds);
        json.WriteListIfAny("DestinationValues", targets.DestinationValues);
        json.WriteListIfAny("DestinationOps", targets.DestinationOperations);
        if (!targets.HasHints)
        {
            return;
        }

        json.WriteStartObject("ToolAnnotations");
        WriteHint(json, "ReadOnlyHint", targets.ReadOnlyHint);
        WriteHint(json, "DestructiveHint", targets.DestructiveHint);
        WriteHint(json, "IdempotentHint", targets.IdempotentHint);
        WriteHint(json, "OpenWorldHint", targets.OpenWorldHint);
        json.WriteEndObject();
    }

    private static void WriteHint(Utf8JsonWriter json, string name, bool? hint)
    {
        if (hint is { } value)
        {
            json.WriteBoolean(name, value);
        }
    }

    private static void WriteDelegation(Utf8JsonWriter json, DelegationMatch delegation)
    {
        json.WriteIfTrue("RequireDelegation", delegation.Required);
        json.WriteListIfAny("AllowedDelegatorIdentities", delegation.Delegators);
        json.WriteListIfAny("AllowedDelegateIdentities", delegation.Delegates);
        json.WriteListIfAny("DelegationScopes", delegation.Scopes);
        if (delegation.MaxDepth is { } depth)
        {
            json.WriteNumber("MaxDelegationDepth", depth);
        }
    }
}
