using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Gateway.Cli.Arguments;

/// <summary>An option that says how long: whole numbers with s, m, h or d, such as <c>90d</c> or <c>1h30m</c>.</summary>
internal static class DurationOption
{
    /// <value>So that no number overflows; what is allowed is decided by the issuer.</value>
    private const int MaxDigits = 6;

    private static readonly TimeSpan TooLong = TimeSpan.FromDays(1_000_000);

    public static Option<TimeSpan?> Create(string name, string description) =>
        new(name)
        {
            Description = description,
            HelpName = "90d",
            CustomParser = Parse,
        };

    private static TimeSpan? Parse(ArgumentResult result)
    {
        var rest = result.Tokens[0].Value.AsSpan();
        var whole = TimeSpan.Zero;
        do
        {
            var digits = rest.IndexOfAnyExceptInRange('0', '9');
            if (
                digits is < 1 or > MaxDigits
                || UnitOf(rest[digits]) is not { } unit
                || !int.TryParse(rest[..digits], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            )
            {
                return Refuse(result);
            }

            whole += number * unit;
            rest = rest[(digits + 1)..];
        } while (rest.Length > 0 && whole < TooLong);

        return whole < TooLong ? whole : Refuse(result);
    }

    private static TimeSpan? UnitOf(char letter) =>
        letter switch
        {
            's' => TimeSpan.FromSeconds(1),
            'm' => TimeSpan.FromMinutes(1),
            'h' => TimeSpan.FromHours(1),
            'd' => TimeSpan.FromDays(1),
            _ => null,
        };

    private static TimeSpan? Refuse(ArgumentResult result)
    {
        result.AddError($"'{result.Tokens[0].Value}' is no length of time: write whole numbers with s, m, h or d, such as 90d or 1h30m.");
        return null;
    }
}
