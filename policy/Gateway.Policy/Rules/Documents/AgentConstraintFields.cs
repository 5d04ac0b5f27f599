using Gateway.Policy.Model;

namespace Gateway.Policy.Rules.Documents;

/// <summary>Reads what a rule asks of the agent's identity. The fields stand in the rule itself.</summary>
internal static class AgentConstraintFields
{
    public static AgentConstraint? Read(RuleFields fields)
    {
        var agent = new AgentConstraint
        {
            Declared = fields.Flag("require_declared_agent"),
            AllowedIds = fields.List("allowed_agent_ids"),
            DeniedIds = fields.List("denied_agent_ids"),
            ManifestDigest = ReadDigest(fields),
            ManifestPublishers = fields.LowerList("allowed_agent_manifest_publishers"),
            ManifestSources = fields.LowerList("allowed_agent_manifest_sources"),
            LifecycleStates = fields.List("required_agent_lifecycle_states"),
            Owner = fields.Flag("require_agent_owner"),
            Unexpired = fields.Flag("require_unexpired_agent"),
        };
        return Asks(agent) ? agent : null;
    }

    private static bool Asks(AgentConstraint agent) =>
        agent.Declared
        || agent.Owner
        || agent.Unexpired
        || agent.ManifestDigest.Length > 0
        || agent.AllowedIds.Count
            + agent.DeniedIds.Count
            + agent.ManifestPublishers.Count
            + agent.ManifestSources.Count
            + agent.LifecycleStates.Count
            > 0;

    private static string ReadDigest(RuleFields fields)
    {
        var digest = fields.Lower("required_agent_manifest_digest");
        if (digest.Length > 0 && !Sha256Digest.TryParse(digest, out _))
        {
            fields.Fail("required_agent_manifest_digest", "Expected a SHA-256 digest.", "Write its 64 hexadecimal digits.");
        }

        return digest;
    }
}
