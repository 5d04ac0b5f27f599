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
        finding.Freeze = CheckStatus.Inactive;
        if (
            (freeze.Environments.Count > 0 && !CodeList.Contains(freeze.Environments, context.Environment.ToLowerInvariant()))
            || (freeze.RiskClasses.Count > 0 && !RiskClasses.Binds(freeze.RiskClasses, context.RiskClass))
        )
        {
            return;
        }

        if (freeze.Zone is not { } zone)
        {
            Break(finding, "freeze_window_invalid_timezone");
            return;
        }

        ApplyWindows(freeze, zone, now, finding);
    }

    private static void ApplyWindows(FreezeWindow freeze, TimeZoneInfo zone, DateTimeOffset now, RuleFinding finding)
    {
        foreach (var window in freeze.Windows)
        {
            if (window.Start is not { } start || window.End is not { } end || end <= start)
            {
                Break(finding, "freeze_window_invalid_window");
                return;
            }

            if (Offsets(zone, start).Earliest <= now && now < Offsets(zone, end).Latest)
            {
                Freeze(freeze, finding);
                return;
            }
        }
    }

    private static void Freeze(FreezeWindow freeze, RuleFinding finding)
    {
        var code = freeze.Effect == Verdict.RequireApproval ? "freeze_window_active_require_approval" : "freeze_window_active_block";
        finding.Freeze = CheckStatus.Active;
        finding.Tighten(freeze.Effect);
        finding.Add(code, code);
    }

    private static void Break(RuleFinding finding, string code)
    {
        finding.Freeze = CheckStatus.Invalid;
        finding.Block(code);
    }

    /// <summary>The first and the last moment that a local time can stand for.</summary>
    private static (DateTimeOffset Earliest, DateTimeOffset Latest) Offsets(TimeZoneInfo zone, DateTime local)
    {
        TimeSpan[] offsets =
            zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local)
            : zone.IsInvalidTime(local) ? [zone.GetUtcOffset(Shift(local, -1)), zone.GetUtcOffset(Shift(local, 1))]
            : [zone.GetUtcOffset(local)];
        return (Moment(local, offsets.Max()), Moment(local, offsets.Min()));
    }

    // Times at the very ends of the calendar can't be moved past them.
    private static DateTime Shift(DateTime local, int days) => local.Year is 1 or 9999 ? local : local.AddDays(days);

    private static DateTimeOffset Moment(DateTime local, TimeSpan offset)
    {
        var ticks = Math.Clamp(local.Ticks - offset.Ticks, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks);
        return new DateTimeOffset(ticks, TimeSpan.Zero);
    }
}
