using Gateway.Policy.Model;

namespace Gateway.Authoring.Comparison;

/// <summary>What one agent could do and can't now, the reverse, or can on other terms.</summary>
/// <param name="Hours">In how many of the 168 hours from the moment of comparing it is so; null where neither decision depends on the
/// clock.</param>
public sealed record AccessChange(AccessProbe Probe, int? Hours, Decision Before, Decision After)
{
    /// <summary>
    /// <c>tightened</c>, <c>loosened</c>, or <c>altered</c> where the verdict is the same and its obligations or approvers aren't.
    /// </summary>
    public string Direction =>
        After.Verdict < Before.Verdict ? "tightened"
        : After.Verdict > Before.Verdict ? "loosened"
        : "altered";

    /// <summary>Whether two decisions let an agent do the same on the same terms.</summary>
    internal static bool IsSame(Decision one, Decision other) =>
        one.Verdict == other.Verdict
        && one.Obligations == other.Obligations
        && one.ApprovalsNeeded == other.ApprovalsNeeded
        && Terms(one).SequenceEqual(Terms(other), StringComparer.Ordinal);

    private static IEnumerable<string> Terms(Decision decision) =>
        decision
            .Approvals.Select(gate => $"{gate.Name} {gate.Quorum} {string.Join(' ', gate.ApproverGroups)} {Glass(gate.BreakGlass)}")
            .Order(StringComparer.Ordinal);

    private static string Glass(BreakGlass? glass) => glass is null ? "" : $"{glass.PerDay} {string.Join(' ', glass.Groups)}";
}
