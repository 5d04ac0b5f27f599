using System.Text.Json;

namespace Gateway.Policy.Rules.Documents;

/// <summary>What an intent of a high risk class must say to be judged at all; what is missing blocks.</summary>
public sealed record FailClosedSection
{
    public bool Enabled { get; init; }

    /// <summary>Default critical and high, when enabled.</summary>
    public IReadOnlyList<string> RiskClasses { get; init; } = [];

    public IReadOnlyList<string> RequiredFields { get; init; } = [];

    public IReadOnlyList<string> RequiredHighRiskFields { get; init; } = [];

    /// <summary>Reads <c>fail_closed</c>.</summary>
    internal static FailClosedSection Read(RuleFields fields)
    {
        var enabled = fields.Flag("enabled");
        var classes = fields.LowerList("risk_classes");
        return new FailClosedSection
        {
            Enabled = enabled,
            RiskClasses = enabled && classes.Length == 0 ? Rules.RiskClasses.Highest : classes,
            RequiredFields = fields.WordList("required_fields", RuleWords.RequiredFields),
            RequiredHighRiskFields = fields.WordList("required_high_risk_fields", RuleWords.HighRiskFields),
        };
    }

    /// <summary>Whether an intent of this class must say it.</summary>
    internal bool AppliesTo(string riskClass) => Enabled && Rules.RiskClasses.Binds(RiskClasses, riskClass);

    /// <summary>Its members in the canonical form.</summary>
    internal void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject("FailClosed");
        json.WriteBoolean("Enabled", Enabled);
        json.WriteList("RiskClasses", RiskClasses);
        json.WriteList("RequiredFields", RequiredFields);
        json.WriteListIfAny("RequiredHighRiskFields", RequiredHighRiskFields);
        json.WriteEndObject();
    }
}
