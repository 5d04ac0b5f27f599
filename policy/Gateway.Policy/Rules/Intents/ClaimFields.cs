using Gateway.Policy.Rules.Documents;

namespace Gateway.Policy.Rules.Intents;

/// <summary>Reads what <c>context</c> claims about the credential, the gathered context and the action contract.</summary>
internal static class ClaimFields
{
    public static CredentialClaim ReadCredential(JsonFields fields) =>
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

    public static ContextClaim ReadEvidence(JsonFields fields, ReadOnlyMemory<byte> auth) =>
        new()
        {
            SetDigest = fields.Digest("context_set_digest"),
            Mode = fields.Word("context_evidence_mode", RuleWords.EvidenceModes),
            Refs = fields.List("context_refs"),
            AgeSeconds = AuthContext.AgeSeconds(auth),
        };

    public static ContractClaim ReadContract(JsonFields fields) =>
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
