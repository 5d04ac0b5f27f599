using Gateway.Policy.Rules.Documents;
using Gateway.Policy.Rules.Intents;

namespace Gateway.Policy.Rules.Evaluation;

/// <summary>What an intent of a high risk class must say to be judged at all.</summary>
internal static class FailClosedCheck
{
    /// <summary>A block; null when nothing is missing.</summary>
    public static RuleOutcome? Check(FailClosedSection section, RuleIntent intent)
    {
        var (reasons, violations) = (new List<string>(), new List<string>());
        foreach (var field in section.RequiredFields.Concat(section.RequiredHighRiskFields))
        {
            if (IsMissing(field, intent))
            {
                reasons.Add(field == "context_evidence" ? "context_evidence_missing" : "fail_closed_missing_" + field);
                violations.Add("missing_" + field);
            }
        }

        if (HasUnknownClass(intent.Targets))
        {
            reasons.Add("fail_closed_endpoint_class_unknown");
            violations.Add("endpoint_class_unknown");
        }

        return reasons.Count > 0 ? RuleOutcome.Blocked(reasons, violations) : null;
    }

    private static bool IsMissing(string field, RuleIntent intent) =>
        field switch
        {
            "targets" => intent.Targets.Count == 0,
            "arg_provenance" => intent.Provenance.Count == 0,
            "endpoint_class" => HasUnknownClass(intent.Targets),
            "delegation" => intent.Delegation is null,
            "context_evidence" => intent.Context.Evidence.SetDigest.Length == 0,
            _ => IsMissing(field, intent.Context),
        };

    private static bool IsMissing(string field, IntentContext context) =>
        field switch
        {
            "agent_identity" => context.Agent is null,
            "credential_ttl_seconds" => context.Credential.TtlSeconds <= 0,
            _ => Text(field, context).Length == 0,
        };

    private static string Text(string field, IntentContext context) =>
        field switch
        {
            "agent_id" => context.AgentId,
            "run_id" => context.RunId,
            "workflow_id" => context.WorkflowId,
            "repo" => context.Repo,
            "environment" => context.Environment,
            "credential_ref" => context.Credential.Ref,
            "credential_source" => context.Credential.Source,
            "credential_access_type" => context.Credential.AccessType,
            "credential_issuer" => context.Credential.Issuer,
            "approval_ref" => context.ApprovalRef,
            "wrkr_inventory_ref" => context.WrkrInventoryRef,
            "agent_action_bom_ref" => context.AgentActionBomRef,
            _ => "", // A field that nobody knows is missing.
        };

    private static bool HasUnknownClass(IReadOnlyList<IntentTargetFact> targets) =>
        targets.Any(target => target.EndpointClass is "" or "other");
}
