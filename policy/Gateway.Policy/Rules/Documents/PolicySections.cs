namespace Gateway.Policy.Rules.Documents;

/// <summary>The small sections at the top of a rule file.</summary>
internal static class PolicySections
{
    public static ScriptLimits ReadScripts(RuleFields fields) =>
        new(fields.Number("max_steps", 0), fields.Number("require_approval_above", 0), fields.Flag("block_mixed_risk"));

    public static FailClosedSection ReadFailClosed(RuleFields fields)
    {
        var enabled = fields.Flag("enabled");
        var classes = fields.LowerList("risk_classes");
        return new FailClosedSection
        {
            Enabled = enabled,
            RiskClasses = enabled && classes.Length == 0 ? RiskClasses.Highest : classes,
            RequiredFields = fields.WordList("required_fields", RuleWords.RequiredFields),
            RequiredHighRiskFields = fields.WordList("required_high_risk_fields", RuleWords.HighRiskFields),
        };
    }
}
