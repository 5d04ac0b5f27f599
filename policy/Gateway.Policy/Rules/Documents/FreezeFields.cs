using System.Globalization;
using Gateway.Policy.Model;

namespace Gateway.Policy.Rules.Documents;

/// <summary>Reads <c>freeze_window</c>. Any field but <c>enabled: false</c> switches it on.</summary>
internal static class FreezeFields
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss";
    private const int MaxWindows = 1000;
    private static readonly string[] Switches = ["timezone", "effect", "reason", "environments", "risk_classes", "windows"];

    public static FreezeWindow? Read(RuleFields fields)
    {
        var enabled = fields.Flag("enabled") || Switches.Any(fields.Has);
        var timezone = fields.Text("timezone");
        var window = new FreezeWindow
        {
            Timezone = timezone,
            Zone = FindZone(timezone),
            Effect = VerdictFields.Restriction(fields, "effect", Verdict.Block),
            Reason = fields.Text("reason"),
            Environments = fields.LowerList("environments"),
            RiskClasses = fields.LowerList("risk_classes"),
            Windows = ReadWindows(fields),
        };
        if (enabled && timezone.Length == 0)
        {
            fields.Fail("timezone", "It is missing.", "Add timezone: an IANA name such as Europe/Paris or UTC.");
        }

        if (enabled && window.Windows.Count == 0)
        {
            fields.Fail("windows", "There is no window.", "Add windows with a start and an end.");
        }

        return enabled ? window : null;
    }

    /// <summary>Only IANA names: the names that one operating system knows alone would freeze on one machine and not on another.</summary>
    private static TimeZoneInfo? FindZone(string name) =>
        name.Length > 0 && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) && (zone.HasIanaId || name == "UTC") ? zone : null;

    private static FreezeRange[] ReadWindows(RuleFields fields)
    {
        var number = 0;
        return [.. fields.Sections("windows", MaxWindows, window => ReadRange(window, ++number))];
    }

    private static FreezeRange ReadRange(RuleFields fields, int number)
    {
        var name = fields.Text("name");
        var (start, end) = (fields.Text("start"), fields.Text("end"));
        foreach (var (field, text) in new[] { ("start", start), ("end", end) })
        {
            if (text.Length == 0)
            {
                fields.Fail(field, "It is missing.", $"Add {field}: a local time such as \"2026-03-08T01:00:00\".");
            }
        }

        return new FreezeRange(
            name.Length > 0 ? name : string.Create(CultureInfo.InvariantCulture, $"window-{number}"),
            start,
            end,
            Parse(start),
            Parse(end)
        );
    }

    private static DateTime? Parse(string text) =>
        DateTime.TryParseExact(text, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;
}
