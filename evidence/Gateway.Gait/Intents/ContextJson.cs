using System.Text.Json;
using Gateway.Policy.Rules.Documents;
using Gateway.Policy.Rules.Intents;

namespace Gateway.Gait.Intents;

/// <summary>The context as it is digested.</summary>
internal static class ContextJson
{
    public static void Write(Utf8JsonWriter json, IntentContext context)
    {
        json.WriteStartObject("context");
        json.WriteString("identity", context.Identity);
        json.WriteString("workspace", context.Workspace);
        json.WriteString("risk_class", context.RiskClass);
        json.WriteIfText("phase", context.Phase);
        json.WriteIfText("agent_id", context.AgentId);
        AgentJson.WriteIdentity(json, context.Agent);
        json.WriteIfText("run_id", context.RunId);
        json.WriteIfText("workflow_id", context.WorkflowId);
        json.WriteIfText("repo", context.Repo);
        json.WriteIfText("environment", context.Environment);
        json.WriteIfText("job_id", context.JobId);
        json.WriteIfText("session_id", context.SessionId);
        json.WriteIfText("request_id", context.RequestId);
        AgentJson.WriteCredential(json, context.Credential);
        json.WriteIfText("approval_ref", context.ApprovalRef);
        json.WriteIfText("wrkr_inventory_ref", context.WrkrInventoryRef);
        json.WriteIfText("agent_action_bom_ref", context.AgentActionBomRef);
        if (!context.AuthContext.IsEmpty)
        {
            json.WritePropertyName("auth_context");
            json.WriteRawValue(context.AuthContext.Span, skipInputValidation: true);
        }

        ContainmentJson.WriteSandbox(json, context.Sandbox);
        json.WriteIfText("environment_fingerprint", context.EnvironmentFingerprint);
        json.WriteIfText("context_set_digest", context.Evidence.SetDigest);
        json.WriteIfText("context_evidence_mode", context.Evidence.Mode);
        json.WriteListIfAny("context_refs", context.Evidence.Refs);
        ContainmentJson.WriteContract(json, context.Contract);
        json.WriteEndObject();
    }
}
