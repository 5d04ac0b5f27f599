namespace Gateway.Policy.Rules.Intents;

/// <summary>Reads <c>context.agent_identity</c>.</summary>
internal static class AgentIdentityFields
{
    public static AgentIdentity Read(JsonFields fields)
    {
        var agent = new AgentIdentity
        {
            LifecycleStates = fields.List("lifecycle_states"),
            Owner = fields.Text("owner"),
            ManifestDigest = fields.Digest("manifest_digest"),
            Publisher = fields.Text("publisher"),
            Source = fields.Lower("source"),
            IssuedAt = fields.Time("issued_at"),
            ApprovedAt = fields.Time("approved_at"),
            ExpiresAt = fields.Time("expires_at"),
            Revoked = fields.Flag("revoked"),
        };
        CheckTimes(fields, agent);
        return agent;
    }

    private static void CheckTimes(JsonFields fields, AgentIdentity agent)
    {
        var (issued, approved, expires) = (agent.IssuedAt, agent.ApprovedAt, agent.ExpiresAt);
        if (!issued.IsZero && !approved.IsZero && approved < issued)
        {
            fields.Fail("approved_at", "It must be on or after issued_at.");
        }

        if (!expires.IsZero && ((!issued.IsZero && expires <= issued) || (!approved.IsZero && expires <= approved)))
        {
            fields.Fail("expires_at", "It must be after issued_at and approved_at.");
        }
    }
}
