using System.Globalization;
using Gateway.Policy.Documents;
using Gateway.Policy.Model;

namespace Gateway.Authoring.Cases;

/// <summary>Words and formats that cases use beside those of the documents.</summary>
internal static class CaseWords
{
    /// <value>Characters of a reason's or a rule's name.</value>
    private const int MaxCode = 256;

    /// <summary>A word of the closed list: a misspelt reason would otherwise be a case that never passes, or always.</summary>
    public static FieldFormat<string> Reason { get; } =
        new(
            "a reason's code",
            "approval_required",
            (string text, out string value) =>
            {
                value = text;
                return Reasons.TryParse(text, out _);
            },
            value => value
        )
        {
            Words = [.. Enum.GetValues<ReasonCode>().Where(code => code != ReasonCode.None).Select(code => Reasons.Of(code).Code)],
        };

    public static FieldFormat<string> Code { get; } = Formats.Text(MaxCode);

    /// <summary>In UTC.</summary>
    public static FieldFormat<DateTimeOffset> Moment { get; } =
        new(
            "a moment in UTC",
            "2026-01-31T12:00:00Z",
            (string text, out DateTimeOffset value) =>
                DateTimeOffset.TryParseExact(
                    text,
                    "yyyy-MM-dd'T'HH:mm:ss'Z'",
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
                    out value
                ),
            value => value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)
        );
}
