using Gateway.Policy.Model;
using Gateway.Policy.Rules.Documents;
using Gateway.Policy.Rules.Intents;

namespace Gateway.Policy.Rules.Evaluation;

/// <summary>
/// Whether a freeze is on. Windows are checked in order. Where a change of the clock makes a local time happen twice or never, the window
/// is as long as it can be read.
/// </summary>
internal static class FreezeCheck
{
    public static void Apply(FreezeWindow freeze, IntentContext context, DateTimeOffset now, RuleFinding finding)
    {
        var (status, code) = IsAbout(freeze, context) ? Find(freeze, now) : (CheckStatus.Inactive, "");
        finding.Freeze = status;
        if (status != CheckStatus.Inactive)
        {
            finding.Tighten(status == CheckStatus.Active ? freeze.Effect : Verdict.Block);
            finding.Add(code, code);
        }
    }

    private static bool IsAbout(FreezeWindow freeze, IntentContext context) =>
        (freeze.Environments.Count == 0 || CodeList.Contains(freeze.Environments, context.Environment.ToLowerInvariant()))
        && (freeze.RiskClasses.Count == 0 || RiskClasses.Binds(freeze.RiskClasses, context.RiskClass));

    private static (CheckStatus Status, string Code) Find(FreezeWindow freeze, DateTimeOffset now)
    {
        if (freeze.Zone is not { } zone)
        {
            return (CheckStatus.Invalid, "freeze_window_invalid_timezone");
        }

        foreach (var window in freeze.Windows)
        {
            if (window.Start is not { } start || window.End is not { } end || end <= start)
            {
                return (CheckStatus.Invalid, "freeze_window_invalid_window");
            }

            if (LocalTimes.Of(zone, start).Earliest <= now && now < LocalTimes.Of(zone, end).Latest)
            {
                var code =
                    freeze.Effect == Verdict.RequireApproval ? "freeze_window_active_require_approval" : "freeze_window_active_block";
                return (CheckStatus.Active, code);
            }
        }

        return (CheckStatus.Inactive, "");
    }
}
