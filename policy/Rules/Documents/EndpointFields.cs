using Gateway.Policy.Model;

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
            PathAllowlist = fields.List("path_allowlist"),
            PathDenylist = fields.List("path_denylist"),
            DomainAllowlist = fields.LowerList("domain_allowlist"),
            DomainDenylist = fields.LowerList("domain_denylist"),
            EgressClasses = fields.WordList("egress_classes", RuleWords.EgressClasses),
            Action = VerdictFields.Restriction(fields, "action", Verdict.Block),
            DestructiveAction = VerdictFields.OptionalRestriction(fields, "destructive_action"),
            ReasonCode = fields.Text("reason_code") is { Length: > 0 } reason ? reason : DefaultCode,
            Violation = fields.Text("violation") is { Length: > 0 } violation ? violation : DefaultCode,
        };
        return enabled || HasList(endpoint) || endpoint.DestructiveAction is not null ? endpoint : null;
    }

    private static bool HasList(EndpointConstraint endpoint) =>
        endpoint.PathAllowlist.Count + endpoint.PathDenylist.Count + endpoint.DomainAllowlist.Count + endpoint.DomainDenylist.Count
            + endpoint.EgressClasses.Count > 0;
}
