using System.Text.Json;

namespace Gateway.Policy.Rules.Documents;

/// <summary>What holds for an intent of several steps.</summary>
/// <param name="MaxSteps">More are blocked; 0 for the format's own 64.</param>
/// <param name="RequireApprovalAbove">More need approval; 0 for no such limit.</param>
/// <param name="BlockMixedRisk">Steps of different risk in one script are blocked.</param>
public sealed record ScriptLimits(int MaxSteps = 0, int RequireApprovalAbove = 0, bool BlockMixedRisk = false)
{
    /// <value>The most steps that an intent may have at all.</value>
    public const int MostSteps = 64;

    /// <summary>Reads <c>scripts</c>.</summary>
    internal static ScriptLimits Read(RuleFields fields) =>
        new(fields.Number("max_steps", 0), fields.Number("require_approval_above", 0), fields.Flag("block_mixed_risk"));

    /// <summary>Its members in the canonical form; none where nothing is limited.</summary>
    internal void Write(Utf8JsonWriter json)
    {
        if (MaxSteps == 0 && RequireApprovalAbove == 0 && !BlockMixedRisk)
        {
            return;
        }

        json.WriteStartObject("Scripts");
        json.WriteNumber("MaxSteps", MaxSteps);
        json.WriteNumber("RequireApprovalAbove", RequireApprovalAbove);
        json.WriteBoolean("BlockMixedRisk", BlockMixedRisk);
        json.WriteEndObject();
    }
}
