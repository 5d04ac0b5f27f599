using System.Globalization;
using Gateway.Policy.Documents;
using Gateway.Policy.Model;

namespace Gateway.Policy.Questions;

/// <summary>Words that questions use beside those of the documents.</summary>
internal static class QuestionWords
{
    public static WordList<Door> Door { get; } = new("a door", ("openai", Model.Door.OpenAi), ("anthropic", Model.Door.Anthropic), ("tool", Model.Door.Tool));

    public static WordList<AuthStrength> Strength { get; } = new(
        "a proof", ("signed", AuthStrength.Signed), ("bearer", AuthStrength.Bearer), ("none", AuthStrength.None));

    /// <summary>In UTC.</summary>
    public static FieldFormat<DateTimeOffset> Moment { get; } = new(
        "a moment in UTC",
        "2026-01-31T12:00:00Z",
        (string text, out DateTimeOffset value) => DateTimeOffset.TryParseExact(
            text, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out value),
        value => value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
}
