using System.Text.Json;

namespace Gateway.Policy.Rules.Documents;

/// <summary>One rule in the canonical form of its policy.</summary>
internal static class RuleCanonicalForm
{
    public static void Write(Utf8JsonWriter json, RuleDefinition rule)
    {
        json.WriteStartObject();
        json.WriteString("Name", rule.Name);
        json.WriteNumber("Priority", rule.Priority);
        json.WriteString("Effect", RuleVerdicts.Word(rule.Effect));
        MatchCanonicalForm.Write(json, rule.Match);
        json.WriteList("ReasonCodes", rule.ReasonCodes);
        json.WriteList("Violations", rule.Violations);
        json.WriteIfPositive("MinApprovals", rule.Approval.Minimum);
        json.WriteIfTrue("RequireDistinctApprovers", rule.Approval.DistinctApprovers);
        json.WriteIfTrue("RequireBrokerCredential", rule.Broker.Required);
        json.WriteIfText("BrokerReference", rule.Broker.Reference);
        json.WriteListIfAny("BrokerScopes", rule.Broker.Scopes);
        WriteContext(json, rule.Context);
        WriteLimit(json, "RateLimit", rule.RateLimit);
        WriteLimit(json, "DestructiveBudget", rule.DestructiveBudget);
        ConstraintCanonicalForm.Write(json, rule);
        json.WriteIfText("When", rule.Condition?.Text ?? "");
        if (!rule.Obligations.Canonical.IsEmpty)
        {
            json.WritePropertyName("Obligations");
            json.WriteRawValue(rule.Obligations.Canonical.Span);
        }

        json.WriteEndObject();
    }

    private static void WriteContext(Utf8JsonWriter json, ContextConstraint? context)
    {
        json.WriteIfTrue("RequireContextEvidence", context?.Evidence ?? false);
        json.WriteIfText("RequiredContextEvidenceMode", context?.RequiredMode == true ? "required" : "");
        json.WriteIfPositive("MaxContextAgeSeconds", context?.MaxAgeSeconds ?? 0);
    }

    private static void WriteLimit(Utf8JsonWriter json, string name, LimitDemand? limit)
    {
        if (limit is null)
        {
            return;
        }

        json.WriteStartObject(name);
        json.WriteNumber("Requests", limit.Requests);
        json.WriteString("Window", limit.Window);
        json.WriteString("Scope", limit.Scope);
        json.WriteEndObject();
    }
}
