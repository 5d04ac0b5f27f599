using Gateway.Policy.Rules.Documents;

namespace Gateway.Policy.Rules.Intents;

/// <summary>Reads <c>context</c>.</summary>
internal static class ContextFields
{
    public static IntentContext Read(JsonFields fields)
    {
        var phase = fields.Word("phase", RuleWords.Phases);
        var auth = ReadAuth(fields);
        return new IntentContext
        {
            Identity = fields.Required("identity", fields.Text("identity")),
            Workspace = fields.Required("workspace", fields.Text("workspace")).Replace('\\', '/'),
            RiskClass = fields.Required("risk_class", fields.Lower("risk_class")),
            Phase = phase.Length > 0 ? phase : "apply",
            AgentId = fields.Text("agent_id"),
            Agent = fields.Section("agent_identity", AgentIdentity.Read),
            RunId = fields.Text("run_id"),
            WorkflowId = fields.Text("workflow_id"),
            Repo = fields.Text("repo"),
            Environment = fields.Text("environment"),
            JobId = fields.Text("job_id"),
            SessionId = fields.Text("session_id"),
            RequestId = fields.Text("request_id"),
            Credential = ReadCredential(fields),
            ApprovalRef = fields.Text("approval_ref"),
            WrkrInventoryRef = fields.Text("wrkr_inventory_ref"),
            AgentActionBomRef = fields.Text("agent_action_bom_ref"),
            AuthContext = auth,
            Sandbox = fields.Section("sandbox", SandboxMetadata.Read) is { IsEmpty: false } sandbox ? sandbox : null,
            EnvironmentFingerprint = fields.Text("environment_fingerprint"),
            Evidence = ReadEvidence(fields, auth),
            Contract = ReadContract(fields),
            Tool = AuthContext.ToolMetadata(auth),
        };
    }

    private static ReadOnlyMemory<byte> ReadAuth(JsonFields fields)
    {
        var auth = ArgumentFields.Read(fields, "auth_context");
        return auth.Length > "{}".Length ? auth : default;
    }

    private static CredentialClaim ReadCredential(JsonFields fields) =>
        new()
        {
            Ref = fields.Text("credential_ref"),
            Source = fields.Word("credential_source", RuleWords.CredentialSources),
            AccessType = fields.Word("credential_access_type", RuleWords.CredentialAccessTypes),
            Issuer = fields.Text("credential_issuer"),
            Subject = fields.Text("credential_subject"),
            Owner = fields.Text("credential_owner"),
            TargetBinding = fields.Text("credential_target_binding"),
            RunBinding = fields.Text("credential_run_binding"),
            JobBinding = fields.Text("credential_job_binding"),
            TtlSeconds = fields.Number("credential_ttl_seconds"),
            Scopes = fields.List("credential_scopes"),
        };

    private static ContextClaim ReadEvidence(JsonFields fields, ReadOnlyMemory<byte> auth) =>
        new()
        {
            SetDigest = fields.Digest("context_set_digest"),
            Mode = fields.Word("context_evidence_mode", RuleWords.EvidenceModes),
            Refs = fields.List("context_refs"),
            AgeSeconds = AuthContext.AgeSeconds(auth),
        };

    private static ContractClaim ReadContract(JsonFields fields) =>
        new()
        {
            FamilyId = fields.Text("contract_family_id"),
            Id = fields.Text("contract_id"),
            Revision = fields.Number("contract_revision"),
            ProposalDigest = fields.Text("proposal_digest"),
            ActivationDigest = fields.Text("activation_digest"),
            PolicyDigest = fields.Text("policy_digest"),
            ApprovalTokenDigest = fields.Text("approval_token_digest"),
            DelegationDigest = fields.Text("delegation_digest"),
            ExpectedOutcome = fields.Text("expected_outcome"),
            EffectScope = fields.List("effect_scope"),
            ContainmentScope = fields.List("containment_scope"),
        };
}
