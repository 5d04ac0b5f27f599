using Gateway.Policy.Model;

namespace Gateway.Policy.Rules.Evaluation;

/// <summary>What is added to an outcome after the rules: it can only become stricter.</summary>
internal static class OutcomeTightening
{
    public static RuleOutcome Tightened(
        this RuleOutcome outcome,
        Verdict verdict,
        IReadOnlyList<string> reasons,
        IReadOnlyList<string> violations
    )
    {
        var stricter = RuleVerdicts.Stricter(outcome.Verdict, verdict);
        var least = stricter == Verdict.RequireApproval ? 1 : 0;
        return outcome with
        {
            Verdict = stricter,
            ReasonCodes = CodeList.Merge(outcome.ReasonCodes, reasons),
            Violations = CodeList.Merge(outcome.Violations, violations),
            Approval = outcome.Approval with { Minimum = Math.Max(least, outcome.Approval.Minimum) },
        };
    }
}
