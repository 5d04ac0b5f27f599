namespace Gateway.Policy.Rules.Intents;

/// <summary>What is declared about the agent.</summary>
public sealed record AgentIdentity
{
    public IReadOnlyList<string> LifecycleStates { get; init; } = [];
    public string Owner { get; init; } = "";
    public string ManifestDigest { get; init; } = "";
    public string Publisher { get; init; } = "";
    public string Source { get; init; } = "";
    public GoTime IssuedAt { get; init; }
    public GoTime ApprovedAt { get; init; }

    /// <summary>Zero when it isn't said, which counts as expired where a rule asks.</summary>
    public GoTime ExpiresAt { get; init; }
    public bool Revoked { get; init; }

    /// <summary>Reads <c>context.agent_identity</c>.</summary>
    internal static AgentIdentity Read(JsonFields fields)
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
