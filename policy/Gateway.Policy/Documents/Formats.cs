using System.Globalization;
using Gateway.Policy.Model;

namespace Gateway.Policy.Documents;

/// <summary>The formats of plain values: text, names, numbers, booleans, dates.</summary>
public static class Formats
{
    /// <summary>One line of text, without control characters.</summary>
    public static FieldFormat<string> Text(int most) =>
        new(
            $"text of 1 to {most} characters on one line",
            "\"some text\"",
            (string text, out string value) =>
            {
                value = text;
                return text.Length >= 1 && text.Length <= most && !text.Any(char.IsControl) && text.Trim().Length == text.Length;
            },
            value => value
        );

    /// <summary>The name of something that is no document, such as a purpose: as names of documents are.</summary>
    public static FieldFormat<string> Name { get; } =
        new(
            Id<object>().Expected,
            "customer-support",
            (string text, out string value) =>
            {
                value = text;
                return Model.Id<object>.IsValid(text);
            },
            value => value
        );

    public static FieldFormat<string> Exactly(string text) =>
        new(
            $"'{text}'",
            text,
            (string read, out string value) =>
            {
                value = text;
                return read == text;
            },
            value => value
        )
        {
            Words = [text],
        };

    public static FieldFormat<Id<T>> Id<T>() =>
        new(
            $"a name of 1 to {Model.Id<T>.MaxLength} of a-z, 0-9, '.', '_' and '-', a letter or digit first",
            "support-agent",
            Model.Id<T>.TryParse,
            value => value.ToString()
        );

    public static FieldFormat<bool> Bool { get; } =
        new(
            "true or false",
            "true",
            (string text, out bool value) =>
            {
                value = text == "true";
                return text is "true" or "false";
            },
            value => value ? "true" : "false"
        )
        {
            Words = ["true", "false"],
            PlainOnly = true,
        };

    public static FieldFormat<long> Long(long least, long most) =>
        new(
            string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}"),
            least.ToString(CultureInfo.InvariantCulture),
            (string text, out long value) =>
                long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value >= least && value <= most,
            value => value.ToString(CultureInfo.InvariantCulture)
        )
        {
            PlainOnly = true,
        };

    public static FieldFormat<int> Integer(int least, int most) =>
        new(
            string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}"),
            least.ToString(CultureInfo.InvariantCulture),
            (string text, out int value) =>
                int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value >= least && value <= most,
            value => value.ToString(CultureInfo.InvariantCulture)
        )
        {
            PlainOnly = true,
        };

    /// <summary>A share of a whole; never nothing, which would make every failure count as too many.</summary>
    public static FieldFormat<double> Ratio { get; } =
        new(
            "a number over 0 and up to 1",
            "0.5",
            (string text, out double value) =>
                double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value) && value > 0 && value <= 1,
            value => value.ToString("R", CultureInfo.InvariantCulture)
        )
        {
            PlainOnly = true,
        };

    /// <summary>Never the whole document.</summary>
    public static FieldFormat<ArgumentPointer> Pointer(string example) =>
        new(
            "a JSON pointer into the arguments",
            example,
            (string text, out ArgumentPointer value) =>
            {
                var read = ArgumentPointer.TryParse(text, out var pointer);
                value = pointer!;
                return read;
            },
            value => value.Text
        );

    public static FieldFormat<DateOnly> Date { get; } =
        new(
            "a date",
            "2026-01-31",
            (string text, out DateOnly value) =>
                DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out value),
            value => value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
        );
}
