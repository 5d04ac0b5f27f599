using Gateway.Policy.Model;
using Gateway.Policy.Rules.Documents;
using Gateway.Policy.Rules.Intents;

namespace Gateway.Policy.Rules.Evaluation;

/// <summary>Whether the verified context evidence is as a rule asks.</summary>
internal static class ContextCheck
{
    public static void Apply(ContextConstraint context, RuleIntent intent, RuleFinding finding)
    {
        var evidence = intent.Context.Evidence;
        if (evidence.SetDigest.Length == 0)
        {
            Fail(finding, "context_evidence_missing", "missing_context_evidence");
            finding.AddReason("context_set_digest_missing");
        }

        if (context.RequiredMode && evidence.Mode != "required")
        {
            Fail(finding, "context_evidence_mode_mismatch", "context_evidence_mode_violation");
        }

        if (context.MaxAgeSeconds > 0 && !(evidence.AgeSeconds <= context.MaxAgeSeconds))
        {
            Fail(finding, "context_freshness_exceeded", "context_freshness_violation");
        }
    }

    private static void Fail(RuleFinding finding, string reason, string violation)
    {
        finding.Tighten(Verdict.Block);
        finding.Add(reason, violation);
    }
}
