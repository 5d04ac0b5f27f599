using System.Text.Json;
using Gateway.Policy.Model;

namespace Gateway.Policy.Rules.Documents;

/// <summary>What a rule asks of the agent's declared identity; anything unmet blocks.</summary>
public sealed record AgentConstraint
{
    public bool Declared { get; init; }
    public IReadOnlyList<string> AllowedIds { get; init; } = [];
    public IReadOnlyList<string> DeniedIds { get; init; } = [];

    /// <summary>64 hexadecimal digits in lower case, or empty.</summary>
    public string ManifestDigest { get; init; } = "";
    public IReadOnlyList<string> ManifestPublishers { get; init; } = [];
    public IReadOnlyList<string> ManifestSources { get; init; } = [];

    /// <summary>The agent must be in all of them.</summary>
    public IReadOnlyList<string> LifecycleStates { get; init; } = [];
    public bool Owner { get; init; }
    public bool Unexpired { get; init; }

    /// <summary>The fields stand in the rule itself. Null where none of them asks for anything.</summary>
    internal static AgentConstraint? Read(RuleFields fields)
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

    /// <summary>Its members in the canonical form.</summary>
    internal void Write(Utf8JsonWriter json)
    {
        json.WriteIfTrue("RequireDeclaredAgent", Declared);
        json.WriteListIfAny("AllowedAgentIDs", AllowedIds);
        json.WriteListIfAny("DeniedAgentIDs", DeniedIds);
        json.WriteIfText("RequiredAgentManifestDigest", ManifestDigest);
        json.WriteListIfAny("AllowedAgentManifestPublishers", ManifestPublishers);
        json.WriteListIfAny("AllowedAgentManifestSources", ManifestSources);
        json.WriteListIfAny("RequiredAgentLifecycleStates", LifecycleStates);
        json.WriteIfTrue("RequireAgentOwner", Owner);
        json.WriteIfTrue("RequireUnexpiredAgent", Unexpired);
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
