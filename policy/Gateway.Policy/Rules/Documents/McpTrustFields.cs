using Gateway.Policy.Model;

namespace Gateway.Policy.Rules.Documents;

/// <summary>Reads <c>mcp_trust</c>. Any field but <c>enabled: false</c> switches it on.</summary>
internal static class McpTrustFields
{
    private static readonly string[] Switches =
    [
        "snapshot",
        "action",
        "required_risk_classes",
        "min_score",
        "max_age",
        "publisher_allowlist",
        "require_registry",
    ];

    public static McpTrustSection? Read(RuleFields fields)
    {
        var enabled = fields.Flag("enabled") || Switches.Any(fields.Has);
        var classes = fields.LowerList("required_risk_classes");
        var section = new McpTrustSection
        {
            Snapshot = fields.Text("snapshot"),
            Action = VerdictFields.Restriction(fields, "action", Verdict.Block),
            RequiredRiskClasses = classes.Length > 0 ? classes : RiskClasses.Highest,
            MinScore = fields.Share("min_score"),
            MaxAgeText = fields.Text("max_age"),
            MaxAge = ReadAge(fields),
            PublisherAllowlist = fields.LowerList("publisher_allowlist"),
            RequireRegistry = fields.Flag("require_registry"),
        };
        if (enabled && section.Snapshot.Length == 0)
        {
            fields.Fail("snapshot", "It is missing.", "Add snapshot: the path of the trust snapshot.");
        }

        return enabled ? section : null;
    }

    private static TimeSpan ReadAge(RuleFields fields)
    {
        var text = fields.Text("max_age");
        if (text.Length > 0 && !GoDuration.TryParse(text, out _))
        {
            fields.Fail("max_age", "Expected a duration over 0.", "Write it like 24h or 1h30m.");
        }

        return GoDuration.TryParse(text, out var age) ? age : TimeSpan.Zero;
    }
}
