using Gateway.Policy.Model;
using Gateway.Policy.Rules.Documents;
using Gateway.Policy.Rules.Intents;

namespace Gateway.Policy.Rules.Evaluation;

/// <summary>Whether the agent's declared identity is as a rule asks.</summary>
internal static class AgentCheck
{
    public static void Apply(AgentConstraint agent, IntentContext context, DateTimeOffset now, RuleFinding finding)
    {
        CheckId(agent, context, finding);
        var identity = context.Agent;
        finding.BlockUnless(identity is not { Revoked: true }, "agent_revoked");
        finding.BlockUnless(!agent.Owner || identity?.Owner.Length > 0, "agent_owner_missing");
        finding.BlockUnless(HasStates(agent, identity), "agent_lifecycle_state_invalid");
        finding.BlockUnless(!agent.Unexpired || identity?.ExpiresAt > new GoTime(now.UtcDateTime), "agent_expired");
        finding.BlockUnless(HasManifest(agent, identity), "agent_manifest_mismatch");
    }

    private static void CheckId(AgentConstraint agent, IntentContext context, RuleFinding finding)
    {
        if (agent.Declared && (context.AgentId.Length == 0 || context.Agent is null))
        {
            Unknown(finding, "agent_identity_missing");
        }

        finding.BlockUnless(!CodeList.Contains(agent.DeniedIds, context.AgentId), "agent_revoked");
        if (agent.AllowedIds.Count > 0 && !CodeList.Contains(agent.AllowedIds, context.AgentId))
        {
            Unknown(finding, "agent_not_declared");
        }
    }

    private static void Unknown(RuleFinding finding, string violation)
    {
        finding.Tighten(Verdict.Block);
        finding.Add("agent_unknown", violation);
    }

    private static bool HasStates(AgentConstraint agent, AgentIdentity? identity) =>
        agent.LifecycleStates.All(state => identity is not null && CodeList.Contains(identity.LifecycleStates, state));

    private static bool HasManifest(AgentConstraint agent, AgentIdentity? identity) =>
        (agent.ManifestDigest.Length == 0 || identity?.ManifestDigest == agent.ManifestDigest)
        && (
            agent.ManifestPublishers.Count == 0 || CodeList.Contains(agent.ManifestPublishers, identity?.Publisher.ToLowerInvariant() ?? "")
        )
        && (agent.ManifestSources.Count == 0 || CodeList.Contains(agent.ManifestSources, identity?.Source ?? ""));
}
