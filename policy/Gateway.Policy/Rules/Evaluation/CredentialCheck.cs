using Gateway.Policy.Rules.Documents;
using Gateway.Policy.Rules.Intents;

namespace Gateway.Policy.Rules.Evaluation;

/// <summary>
/// Whether the credential that the action will use is as a rule asks, and bound to this action, run and job where it says that it is bound.
/// </summary>
internal static class CredentialCheck
{
    public static void Apply(CredentialConstraint asked, RuleIntent intent, RuleFinding finding)
    {
        var credential = intent.Context.Credential;
        CheckEvidence(asked, credential, finding);
        CheckLists(asked, credential, finding);
        CheckBindings(intent, credential, finding);
    }

    private static void CheckEvidence(CredentialConstraint asked, CredentialClaim credential, RuleFinding finding)
    {
        var evident =
            credential.Ref.Length > 0
            && (!asked.JustInTime || credential.AccessType.Length > 0)
            && (asked.MaxTtlSeconds == 0 || credential.TtlSeconds > 0);
        finding.BlockUnless(evident, "credential_evidence_missing");
        finding.BlockUnless(credential.Source.Length > 0, "credential_source_unknown");
        finding.BlockUnless(credential.AccessType.Length > 0, "credential_access_type_unknown");
    }

    private static void CheckLists(CredentialConstraint asked, CredentialClaim credential, RuleFinding finding)
    {
        finding.BlockUnless(!asked.JustInTime || credential.AccessType is "" or "jit", "credential_not_jit");
        finding.BlockUnless(!asked.BlockStanding || !IsStanding(credential.AccessType), "standing_credential_disallowed");
        finding.BlockUnless(
            asked.Sources.Count == 0 || CodeList.Contains(asked.Sources, credential.Source),
            "credential_source_disallowed"
        );
        finding.BlockUnless(
            asked.Issuers.Count == 0 || CodeList.Contains(asked.Issuers, credential.Issuer),
            "credential_issuer_disallowed"
        );
        finding.BlockUnless(
            asked.AccessTypes.Count == 0 || CodeList.Contains(asked.AccessTypes, credential.AccessType),
            "credential_access_type_disallowed"
        );
        finding.BlockUnless(asked.MaxTtlSeconds == 0 || credential.TtlSeconds <= asked.MaxTtlSeconds, "credential_ttl_exceeded");
    }

    private static void CheckBindings(RuleIntent intent, CredentialClaim credential, RuleFinding finding)
    {
        finding.BlockUnless(
            credential.TargetBinding.Length == 0 || credential.TargetBinding == TargetDigest.Compute(intent.Targets).ToString(),
            "credential_target_binding_mismatch"
        );
        finding.BlockUnless(IsBound(credential.RunBinding, intent.Context.RunId), "credential_run_binding_mismatch");
        finding.BlockUnless(IsBound(credential.JobBinding, intent.Context.JobId), "credential_job_binding_mismatch");
    }

    /// <summary>A credential that is bound to a run isn't for a call that hides its run.</summary>
    private static bool IsBound(string binding, string actual) => binding.Length == 0 || binding == actual;

    private static bool IsStanding(string accessType) =>
        accessType is "" or "cloud_admin" or "inherited" or "standing" or "static" or "unknown";
}
