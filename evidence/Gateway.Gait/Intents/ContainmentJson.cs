using System.Text.Json;
using Gateway.Policy.Rules.Documents;
using Gateway.Policy.Rules.Intents;

namespace Gateway.Gait.Intents;

/// <summary>What holds an action in, as it is digested: its sandbox and the contract that it is under.</summary>
internal static class ContainmentJson
{
    public static void WriteSandbox(Utf8JsonWriter json, SandboxMetadata? sandbox)
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

    public static void WriteContract(Utf8JsonWriter json, ContractClaim contract)
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
