using System.Globalization;
using Gateway.Policy.Model;

namespace Gateway.Policy.Documents.Kinds;

/// <summary>Reads <c>hours</c> of an agent or a permission.</summary>
internal static class HoursFields
{
    private const int Midnight = 24 * 60;

    private static readonly FieldFormat<TimeZoneInfo> Zone = new(
        "a time zone of the IANA database that this machine has",
        "Europe/Berlin",
        (string text, out TimeZoneInfo value) =>
        {
            value = null!;
            return text.Length <= 64
                && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '_' or '+' or '-')
                && TimeZoneInfo.TryFindSystemTimeZoneById(text, out value!);
        },
        value => value.Id
    );

    private static readonly FieldFormat<int> From = Minute("a time of day from \"00:00\" to \"23:59\"", "\"08:00\"", 0, Midnight - 1);
    private static readonly FieldFormat<int> To = Minute("a time of day from \"00:01\" to \"24:00\"", "\"18:00\"", 1, Midnight);

    public static WorkingHours? Read(MappingReader spec) =>
        spec.Section(
            "hours",
            section =>
            {
                var zone = section.Required("timezone", Zone) ?? TimeZoneInfo.Utc;
                var days = section.List("days", Vocabulary.Day.Format, Vocabulary.Day.Values, least: 1);
                var (from, to) = (section.Required("from", From), section.Required("to", To));
                if (from == to)
                {
                    section.Fail(
                        "to",
                        "It is the same as 'from', which could be no time or all day.",
                        "Use \"00:00\" to \"24:00\" for all day."
                    );
                }

                return new WorkingHours(zone, days, from, to);
            }
        );

    private static FieldFormat<int> Minute(string expected, string example, int least, int most) =>
        new(
            expected,
            example,
            (string text, out int value) =>
            {
                var minute = 0;
                var read =
                    int.TryParse(text.AsSpan(0, Math.Min(2, text.Length)), NumberStyles.None, CultureInfo.InvariantCulture, out var hour)
                    && text.Length == 5
                    && text[2] == ':'
                    && int.TryParse(text.AsSpan(3), NumberStyles.None, CultureInfo.InvariantCulture, out minute);
                value = (hour * 60) + minute;
                return read && minute < 60 && value >= least && value <= most;
            },
            value => string.Create(CultureInfo.InvariantCulture, $"{value / 60:00}:{value % 60:00}")
        );
}
