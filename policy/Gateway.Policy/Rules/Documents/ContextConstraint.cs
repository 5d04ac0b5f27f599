using System.Text.Json;

namespace Gateway.Policy.Rules.Documents;

/// <summary>What a rule asks of the verified context evidence.</summary>
/// <param name="Evidence"><c>require_context_evidence</c> as written.</param>
/// <param name="RequiredMode">The evidence must have been collected in mode <c>required</c>.</param>
/// <param name="MaxAgeSeconds">0 for any age.</param>
public sealed record ContextConstraint(bool Evidence, bool RequiredMode, long MaxAgeSeconds)
{
    /// <summary>The fields stand in the rule itself. Null where none of them asks for anything.</summary>
    internal static ContextConstraint? Read(RuleFields fields)
    {
        var evidence = fields.Flag("require_context_evidence");
        var mode = fields.Word("required_context_evidence_mode", RuleWords.RequiredEvidence);
        var age = fields.OptionalNumber("max_context_age_seconds", 0, long.MaxValue) ?? 0;
        return evidence || mode.Length > 0 || age > 0 ? new ContextConstraint(evidence, evidence || mode.Length > 0, age) : null;
    }

    /// <summary>Its members in the canonical form.</summary>
    internal void Write(Utf8JsonWriter json)
    {
        json.WriteIfTrue("RequireContextEvidence", Evidence);
        json.WriteIfText("RequiredContextEvidenceMode", RequiredMode ? "required" : "");
        json.WriteIfPositive("MaxContextAgeSeconds", MaxAgeSeconds);
    }
}
