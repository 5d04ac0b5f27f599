using System.Globalization;
using System.Text.Json;
using Gateway.Policy.Model;

namespace Gateway.Policy.Rules.Documents;

/// <summary>Times at which nothing changes, in the local time of one zone.</summary>
public sealed record FreezeWindow
{
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss";
    private const int MaxWindows = 1000;
    private static readonly string[] Switches = ["timezone", "effect", "reason", "environments", "risk_classes", "windows"];

    /// <summary>An IANA name. One that can't be loaded blocks.</summary>
    public required string Timezone { get; init; }

    /// <summary>Null where the name isn't an IANA zone that is known here.</summary>
    public TimeZoneInfo? Zone { get; init; }

    /// <summary>Block or require_approval.</summary>
    public Verdict Effect { get; init; }

    public string Reason { get; init; } = "";

    /// <summary>Lower case; empty for all.</summary>
    public IReadOnlyList<string> Environments { get; init; } = [];

    /// <summary>Empty for all.</summary>
    public IReadOnlyList<string> RiskClasses { get; init; } = [];

    /// <summary>In the order of the file: an earlier active one wins over a later broken one.</summary>
    public IReadOnlyList<FreezeRange> Windows { get; init; } = [];

    /// <summary>Reads <c>freeze_window</c>. Any field but <c>enabled: false</c> switches it on.</summary>
    internal static FreezeWindow? Read(RuleFields fields)
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

    /// <summary>Its members in the canonical form.</summary>
    internal void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject("FreezeWindow");
        json.WriteBoolean("Enabled", true);
        json.WriteString("Timezone", Timezone);
        json.WriteString("Effect", RuleVerdicts.Word(Effect));
        json.WriteString("Reason", Reason);
        json.WriteList("Environments", Environments);
        json.WriteList("RiskClasses", RiskClasses);
        json.WriteStartArray("Windows");
        foreach (var window in Windows)
        {
            json.WriteStartObject();
            json.WriteString("Name", window.Name);
            json.WriteString("Start", window.StartText);
            json.WriteString("End", window.EndText);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
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

/// <summary>From start (included) to end (excluded).</summary>
/// <param name="StartText">As written, <c>2026-03-08T01:00:00</c>, without an offset.</param>
/// <param name="Start">Null where the text isn't such a time; the window is then broken and blocks.</param>
public sealed record FreezeRange(string Name, string StartText, string EndText, DateTime? Start, DateTime? End);
