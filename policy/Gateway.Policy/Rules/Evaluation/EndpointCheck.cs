using Gateway.Policy.Rules.Intents;

namespace Gateway.Policy.Rules.Evaluation;

/// <summary>
/// Where every target goes: the path lists for paths, the domain lists for whatever names a host, the classes for network targets.
/// </summary>
internal static class EndpointCheck
{
    public static void Apply(EndpointPatterns patterns, RuleIntent intent, RuleFinding finding)
    {
        var violated = false;
        for (var i = 0; i < intent.Targets.Count; i++)
        {
            violated |=
                CheckPath(patterns, intent.Targets[i], finding)
                | CheckDomain(patterns, intent.Targets[i], finding)
                | CheckClass(patterns, intent.Targets[i], finding);
        }

        if (patterns.Endpoint.DestructiveAction is { } action && intent.HasDestructiveTarget)
        {
            violated = true;
            finding.Tighten(action);
            finding.Add("endpoint_destructive_operation", "destructive_operation");
        }

        if (violated)
        {
            finding.Tighten(patterns.Endpoint.Action);
            finding.Add(patterns.Endpoint.ReasonCode, patterns.Endpoint.Violation);
        }
    }

    private static bool CheckPath(EndpointPatterns patterns, IntentTargetFact target, RuleFinding finding)
    {
        if (!target.IsPath)
        {
            return false;
        }

        var denied = Fail(patterns.DeniesPath(target.Value, target.CleanValue), "endpoint_path_denied", finding);
        return denied | Fail(!patterns.AllowsPath(target.Value, target.CleanValue), "endpoint_path_not_allowlisted", finding);
    }

    /// <summary>
    /// Both the domain that the caller gives and the one that the value names count. A host that can't be told isn't allowed.
    /// </summary>
    private static bool CheckDomain(EndpointPatterns patterns, IntentTargetFact target, RuleFinding finding)
    {
        var network = target.Kind is "host" or "url";
        if (!network && target.EndpointDomain.Length == 0)
        {
            return false;
        }

        var denied = patterns.DeniesDomain(target.EndpointDomain) || patterns.DeniesDomain(target.ActualDomain);
        var allowed =
            patterns.Endpoint.DomainAllowlist.Count == 0
            || (patterns.AllowsDomain(target.EndpointDomain) && (!network || patterns.AllowsDomain(target.ActualDomain)));
        return Fail(denied, "endpoint_domain_denied", finding) | Fail(!allowed, "endpoint_domain_not_allowlisted", finding);
    }

    private static bool CheckClass(EndpointPatterns patterns, IntentTargetFact target, RuleFinding finding) =>
        Fail(
            patterns.Endpoint.EgressClasses.Count > 0
                && target.EndpointClass.StartsWith("net.", StringComparison.Ordinal)
                && !CodeList.Contains(patterns.Endpoint.EgressClasses, target.EndpointClass),
            "endpoint_egress_class_not_allowed",
            finding
        );

    private static bool Fail(bool failed, string code, RuleFinding finding)
    {
        if (failed)
        {
            finding.Add(code, code);
        }

        return failed;
    }
}
