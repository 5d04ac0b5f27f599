using System.CommandLine.Parsing;
using System.Globalization;

namespace Gateway.LoadTests;

/// <summary>Durations as people write them.</summary>
internal static class Durations
{
    /// <returns>Of a whole number and s, m or h; an error on the command line for anything else.</returns>
    public static TimeSpan Parse(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (
            text.Length > 1
            && int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        )
        {
            switch (text[^1])
            {
                case 's':
                    return TimeSpan.FromSeconds(number);
                case 'm':
                    return TimeSpan.FromMinutes(number);
                case 'h':
                    return TimeSpan.FromHours(number);
            }
        }

        result.AddError($"'{text}' is no duration. Write 30s, 10m or 1h.");
        return default;
    }
}
