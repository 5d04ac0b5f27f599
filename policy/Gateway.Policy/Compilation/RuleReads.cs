using Gateway.Policy.Model;
using Gateway.Policy.Rules.Documents;

namespace Gateway.Policy.Compilation;

/// <summary>
/// What rules can read, told when documents load. What isn't known to be the same for a whole class of actions counts as different for
/// each.
/// </summary>
internal static class RuleReads
{
    public static Reads Of(CompiledPolicy policy, string tool, PolicyConditions conditions)
    {
        var rules = policy.Document.Rules;
        var reads = rules.FailClosed.Enabled || rules.McpTrust is not null ? Reads.RunTimeFacts : Reads.Documents;
        foreach (var rule in policy.Engine.RulesFor(tool))
        {
            reads |= Of(rule) | (rule.Condition is { } text ? conditions.ReadsOf(text) : Reads.None);
        }

        return reads;
    }

    private static Reads Of(RuleDefinition rule)
    {
        var reads = IsOfClass(rule.Match) ? Reads.None : Reads.Arguments | Reads.RunTimeFacts;
        reads |= rule.Match.ContextAutonomyLevels.Count > 0 ? Reads.Standing : Reads.None;
        reads |= rule.Freeze is not null || rule.Agent is not null ? Reads.Clock : Reads.None;
        return rule.Context is null && rule.Dataflow is null && rule.Credential is null && rule.Sandbox is null && rule.Endpoint is null
            ? reads
            : reads | Reads.Arguments | Reads.Session | Reads.RunTimeFacts;
    }

    /// <summary>Only fields that are about who asks and which operation: those of targets hold the address with its path.</summary>
    private static bool IsOfClass(RuleMatch match) =>
        match.ProvenanceSources.Count == 0
        && match.SkillPublishers.Count == 0
        && match.SkillSources.Count == 0
        && match.ContextEndpointClasses.Count == 0
        && match.ContextDataClasses.Count == 0
        && match.Delegation is null
        && match.Targets.IsEmpty;
}
