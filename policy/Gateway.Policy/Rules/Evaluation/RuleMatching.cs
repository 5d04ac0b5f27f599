using Gateway.Policy.Rules.Documents;
using Gateway.Policy.Rules.Intents;

namespace Gateway.Policy.Rules.Evaluation;

/// <summary>Whether a rule is about an intent: all that its <c>match</c> and its condition ask for.</summary>
internal static class RuleMatching
{
    /// <summary>All but its condition.</summary>
    /// <param name="rule">One that the index gave for the intent's tool.</param>
    /// <param name="everyTarget">Whether all targets and all provenance must satisfy the rule, and not just one.</param>
    public static RuleFit Match(CompiledRule rule, RuleIntent intent, bool everyTarget)
    {
        if (rule.MatchesToolsOnly)
        {
            return RuleFit.Certain;
        }

        var match = rule.Rule.Match;
        var fit = Caller(match, intent.Context);
        return fit == RuleFit.No ? fit : RuleFits.And(fit, Action(match, intent, everyTarget));
    }

    private static RuleFit Caller(RuleMatch match, IntentContext context)
    {
        var listed =
            Asked(match.Identities, context.Identity)
            && Asked(match.ContextToolNames, context.Tool.ToolName)
            && Asked(match.ContextDataClasses, context.Tool.DataClass)
            && Asked(match.ContextEndpointClasses, context.Tool.EndpointClass)
            && Asked(match.ContextAutonomyLevels, context.Tool.AutonomyLevel);
        return !listed
            ? RuleFit.No
            : RuleFits.And(Risk(match.RiskClasses, context.RiskClass), Workspace(match.WorkspacePrefixes, context.Workspace));
    }

    private static RuleFit Action(RuleMatch match, RuleIntent intent, bool everyTarget)
    {
        var listed =
            Asked(match.ToolNames, intent.ToolName)
            && Skill(match, intent.Skill)
            && (match.Delegation is null || Delegation(match.Delegation, intent.Delegation));
        return !listed
            ? RuleFit.No
            : RuleFits.And(
                Provenance(match.ProvenanceSources, intent.Provenance, everyTarget),
                TargetMatching.Fit(match.Targets, intent.Targets, everyTarget)
            );
    }

    public static RuleFit Condition(CompiledRule rule, RuleIntent intent, RuleFacts facts)
    {
        if (rule.Rule.Condition is null)
        {
            return RuleFit.Certain;
        }

        try
        {
            return (rule.Condition?.Invoke(intent, facts) ?? ConditionAnswer.Error) switch
            {
                ConditionAnswer.True => RuleFit.Certain,
                ConditionAnswer.False => RuleFit.No,
                ConditionAnswer.Error => RuleFit.Uncertain,
            };
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return RuleFit.Uncertain; // A condition that throws can't be told; it never loosens.
        }
    }

    private static RuleFit Risk(IReadOnlyList<string> listed, string riskClass) =>
        listed.Count == 0 ? RuleFit.Certain : RuleFits.Of(CodeList.Contains(listed, riskClass), RiskClasses.Binds(listed, riskClass));

    private static bool Asked(IReadOnlyList<string> listed, string value) =>
        listed.Count == 0 || (value.Length > 0 && CodeList.Contains(listed, value));

    private static bool Skill(RuleMatch match, SkillProvenance? skill) =>
        Asked(match.SkillPublishers, skill?.Publisher.ToLowerInvariant() ?? "") && Asked(match.SkillSources, skill?.Source ?? "");

    private static RuleFit Provenance(IReadOnlyList<string> sources, IReadOnlyList<ArgProvenance> provenance, bool every)
    {
        if (sources.Count == 0)
        {
            return RuleFit.Certain;
        }

        var count = 0;
        for (var i = 0; i < provenance.Count; i++)
        {
            count += CodeList.Contains(sources, provenance[i].Source) ? 1 : 0;
        }

        return RuleFits.Of(surely: count > 0 && (!every || count == provenance.Count), perhaps: count > 0);
    }

    /// <summary>
    /// Whether a workspace lies below a prefix. Read widely, <c>/repo</c> also begins <c>/repo-evil</c>: that restricts and doesn't allow.
    /// </summary>
    private static RuleFit Workspace(IReadOnlyList<string> prefixes, string workspace)
    {
        if (prefixes.Count == 0)
        {
            return RuleFit.Certain;
        }

        var clean = CleanedPath.ForMatching(workspace);
        var perhaps = false;
        for (var i = 0; i < prefixes.Count; i++)
        {
            var (written, below) = (
                workspace.StartsWith(prefixes[i], StringComparison.Ordinal),
                CleanedPath.IsAtOrBelow(clean, prefixes[i])
            );
            if (written && below)
            {
                return RuleFit.Certain;
            }

            perhaps |= written || below || CleanedPath.IsAtOrBelow(clean, CleanedPath.ForMatching(prefixes[i]));
        }

        return perhaps ? RuleFit.Uncertain : RuleFit.No;
    }

    private static bool Delegation(DelegationMatch match, IntentDelegation? delegation) =>
        delegation is not null
        && !(delegation.Chain.Count > match.MaxDepth)
        && (match.Delegators.Count == 0 || delegation.Chain.Any(link => CodeList.Contains(match.Delegators, link.Delegator)))
        && (
            match.Delegates.Count == 0
            || CodeList.Contains(match.Delegates, delegation.Requester)
            || delegation.Chain.Any(link => CodeList.Contains(match.Delegates, link.Delegate))
        )
        && (
            match.Scopes.Count == 0
            || CodeList.Contains(match.Scopes, delegation.ScopeClass)
            || delegation.Chain.Any(link => CodeList.Contains(match.Scopes, link.ScopeClass))
        );
}

/// <summary>
/// Whether a rule is about an intent. What can't be told counts wherever that restricts and nowhere else: it tightens the verdict, never
/// ends the search, and never grants. Unset is that.
/// </summary>
internal enum RuleFit
{
    /// <summary>An unknown risk class, a condition in error, or selectors that only different targets satisfy.</summary>
    Uncertain = 0,
    No = 1,
    Certain = 2,
}

/// <summary>Several answers as one: all must hold.</summary>
internal static class RuleFits
{
    public static RuleFit And(RuleFit left, RuleFit right) =>
        left == RuleFit.No || right == RuleFit.No ? RuleFit.No
        : left == RuleFit.Certain && right == RuleFit.Certain ? RuleFit.Certain
        : RuleFit.Uncertain;

    public static RuleFit Of(bool holds) => holds ? RuleFit.Certain : RuleFit.No;

    /// <param name="surely">Holds beyond doubt.</param>
    /// <param name="perhaps">Holds if one reads it in the widest way.</param>
    public static RuleFit Of(bool surely, bool perhaps) =>
        surely ? RuleFit.Certain
        : perhaps ? RuleFit.Uncertain
        : RuleFit.No;
}
