using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Gateway.Cli.Commands;

/// <summary>An option that says how long: a whole number and <c>m</c>, <c>h</c> or <c>d</c>.</summary>
internal static class Lifetime
{
    /// <value>So that no number overflows; what is allowed is decided by the issuer.</value>
    private const int MaxDigits = 6;

    public static Option<TimeSpan?> Option(string name, string description) =>
        new(name)
        {
            Description = description,
            HelpName = "90d",
            CustomParser = Parse,
        };

    private static TimeSpan? Parse(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (
            text.Length is < 2 or > MaxDigits + 1
            || !int.TryParse(text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        )
        {
            return Refuse(result);
        }

        return text[^1] switch
        {
            'm' => TimeSpan.FromMinutes(number),
            'h' => TimeSpan.FromHours(number),
            'd' => TimeSpan.FromDays(number),
            _ => Refuse(result),
        };
    }

    private static TimeSpan? Refuse(ArgumentResult result)
    {
        result.AddError($"'{result.Tokens[0].Value}' is no length of time: write a whole number and m, h or d, such as 90d.");
        return null;
    }
}
