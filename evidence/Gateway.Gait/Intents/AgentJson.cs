using System.Text.Json;
using Gateway.Policy.Rules.Documents;
using Gateway.Policy.Rules.Intents;

namespace Gateway.Gait.Intents;

/// <summary>Who acts and with what credential, as it is digested.</summary>
internal static class AgentJson
{
    public static void WriteIdentity(Utf8JsonWriter json, AgentIdentity? agent)
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

    public static void WriteCredential(Utf8JsonWriter json, CredentialClaim credential)
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
}
