using Gateway.Policy.Documents;
using Gateway.Policy.Model;
using Gateway.Policy.Rules.Evaluation;

namespace Gateway.Policy.Rules.Documents;

/// <summary>Reads <c>endpoint</c>. A list or a destructive action switches it on; the other fields alone don't.</summary>
internal static class EndpointFields
{
    private const string DefaultCode = "endpoint_constraint_violation";

    public static EndpointConstraint? Read(RuleFields fields)
    {
        var enabled = fields.Flag("enabled");
        var endpoint = new EndpointConstraint
        {
            PathAllowlist = ReadPatterns(fields, "path_allowlist", fields.List("path_allowlist")),
            PathDenylist = ReadPatterns(fields, "path_denylist", fields.List("path_denylist")),
            DomainAllowlist = ReadPatterns(fields, "domain_allowlist", fields.LowerList("domain_allowlist")),
            DomainDenylist = ReadPatterns(fields, "domain_denylist", fields.LowerList("domain_denylist")),
            EgressClasses = fields.WordList("egress_classes", RuleWords.EgressClasses),
            Action = VerdictFields.Restriction(fields, "action", Verdict.Block),
            DestructiveAction = VerdictFields.OptionalRestriction(fields, "destructive_action"),
            ReasonCode = fields.Text("reason_code") is { Length: > 0 } reason ? reason : DefaultCode,
            Violation = fields.Text("violation") is { Length: > 0 } violation ? violation : DefaultCode,
        };
        return enabled || HasList(endpoint) || endpoint.DestructiveAction is not null ? endpoint : null;
    }

    /// <summary>A malformed pattern would match nothing, and a list to deny by would deny nothing.</summary>
    private static string[] ReadPatterns(RuleFields fields, string name, string[] patterns)
    {
        foreach (var pattern in patterns.Where(pattern => !GlobPattern.IsWellFormed(pattern)))
        {
            fields.Fail(
                name,
                $"The pattern {Shown.Name(pattern)} is malformed.",
                "Close the bracket, or write a character behind the backslash."
            );
        }

        return patterns;
    }

    private static bool HasList(EndpointConstraint endpoint) =>
        endpoint.PathAllowlist.Count
            + endpoint.PathDenylist.Count
            + endpoint.DomainAllowlist.Count
            + endpoint.DomainDenylist.Count
            + endpoint.EgressClasses.Count
        > 0;
}
