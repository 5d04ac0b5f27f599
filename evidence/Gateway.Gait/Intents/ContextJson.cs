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
        WriteAgent(json, context.Agent);
        json.WriteIfText("run_id", context.RunId);
        json.WriteIfText("workflow_id", context.WorkflowId);
        json.WriteIfText("repo", context.Repo);
        json.WriteIfText("environment", context.Environment);
        json.WriteIfText("job_id", context.JobId);
        json.WriteIfText("session_id", context.SessionId);
        json.WriteIfText("request_id", context.RequestId);
        WriteCredential(json, context.Credential);
        json.WriteIfText("approval_ref", context.ApprovalRef);
        json.WriteIfText("wrkr_inventory_ref", context.WrkrInventoryRef);
        json.WriteIfText("agent_action_bom_ref", context.AgentActionBomRef);
        if (!context.AuthContext.IsEmpty)
        {
            json.WritePropertyName("auth_context");
            json.WriteRawValue(context.AuthContext.Span, skipInputValidation: true);
        }

        WriteSandbox(json, context.Sandbox);
        json.WriteIfText("environment_fingerprint", context.EnvironmentFingerprint);
        json.WriteIfText("context_set_digest", context.Evidence.SetDigest);
        json.WriteIfText("context_evidence_mode", context.Evidence.Mode);
        json.WriteListIfAny("context_refs", context.Evidence.Refs);
        WriteContract(json, context.Contract);
        json.WriteEndObject();
    }

    private static void WriteAgent(Utf8JsonWriter json, AgentIdentity? agent)
    {
        if (agent is null)
        {
            return;
        }

        json.WriteStartObject("agent_identity");
        json.WriteListIfAny("lifecycle_states", agent.LifecycleStates);
        json.WriteIfText("owner", agent.Owner);
        json.WriteIfText("manifest_digest", agent.ManifestDigest);
        json.WriteIfText("publisher", agent.Publisher);
        json.WriteIfText("source", agent.Source);
        json.WriteString("issued_at", agent.IssuedAt.ToString());
        json.WriteString("approved_at", agent.ApprovedAt.ToString());
        json.WriteString("expires_at", agent.ExpiresAt.ToString());
        json.WriteIfTrue("revoked", agent.Revoked);
        json.WriteEndObject();
    }

    private static void WriteCredential(Utf8JsonWriter json, CredentialClaim credential)
    {
        json.WriteIfText("credential_ref", credential.Ref);
        json.WriteIfText("credential_source", credential.Source);
        json.WriteIfText("credential_access_type", credential.AccessType);
        json.WriteIfText("credential_issuer", credential.Issuer);
        json.WriteIfText("credential_subject", credential.Subject);
        json.WriteIfText("credential_owner", credential.Owner);
        json.WriteIfText("credential_target_binding", credential.TargetBinding);
        json.WriteIfText("credential_run_binding", credential.RunBinding);
        json.WriteIfText("credential_job_binding", credential.JobBinding);
        json.WriteIfPositive("credential_ttl_seconds", credential.TtlSeconds);
        json.WriteListIfAny("credential_scopes", credential.Scopes);
    }

    private static void WriteSandbox(Utf8JsonWriter json, SandboxMetadata? sandbox)
    {
        if (sandbox is null)
        {
            return;
        }

        json.WriteStartObject("sandbox");
        json.WriteIfText("network_mode", sandbox.NetworkMode);
        json.WriteListIfAny("writable_paths", sandbox.WritablePaths);
        json.WriteListIfAny("read_only_roots", sandbox.ReadOnlyRoots);
        json.WriteIfText("env_exposure_mode", sandbox.EnvExposureMode);
        json.WriteIfPositive("timeout_seconds", sandbox.TimeoutSeconds);
        json.WriteIfText("filesystem_isolation", sandbox.FilesystemIsolation);
        json.WriteIfText("user_mode", sandbox.UserMode);
        json.WriteIfText("evidence_ref", sandbox.EvidenceRef);
        json.WriteIfText("evidence_digest", sandbox.EvidenceDigest);
        json.WriteEndObject();
    }

    private static void WriteContract(Utf8JsonWriter json, ContractClaim contract)
    {
        json.WriteIfText("contract_family_id", contract.FamilyId);
        json.WriteIfText("contract_id", contract.Id);
        json.WriteIfPositive("contract_revision", contract.Revision);
        json.WriteIfText("proposal_digest", contract.ProposalDigest);
        json.WriteIfText("activation_digest", contract.ActivationDigest);
        json.WriteIfText("policy_digest", contract.PolicyDigest);
        json.WriteIfText("approval_token_digest", contract.ApprovalTokenDigest);
        json.WriteIfText("delegation_digest", contract.DelegationDigest);
        json.WriteIfText("expected_outcome", contract.ExpectedOutcome);
        json.WriteListIfAny("effect_scope", contract.EffectScope);
        json.WriteListIfAny("containment_scope", contract.ContainmentScope);
    }
}
