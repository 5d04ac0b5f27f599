using System.Text.Json;

namespace Gateway.Policy.Rules.Documents;

/// <summary>How many approvals a rule asks for.</summary>
/// <param name="Minimum">0 means one, where the verdict is require_approval.</param>
/// <param name="DistinctApprovers">Always so for more than one.</param>
public sealed record ApprovalDemand(int Minimum = 0, bool DistinctApprovers = false)
{
    /// <summary>The fields stand in the rule itself.</summary>
    internal static ApprovalDemand Read(RuleFields fields)
    {
        var minimum = fields.Number("min_approvals", 0);
        return new ApprovalDemand(minimum, fields.Flag("require_distinct_approvers") || minimum > 1);
    }

    /// <summary>Its members in the canonical form.</summary>
    internal void Write(Utf8JsonWriter json)
    {
        json.WriteIfPositive("MinApprovals", Minimum);
        json.WriteIfTrue("RequireDistinctApprovers", DistinctApprovers);
    }
}
