using System.CommandLine;
using Gateway.Cli.Results;

namespace Gateway.Cli.Arguments;

/// <summary>Why an operator changes something.</summary>
internal static class ReasonOption
{
    /// <value>The longest reason, in characters.</value>
    private const int Longest = 500;

    /// <param name="required">Whether the change is never made without one; a tenant's document can demand it of others too.</param>
    public static Option<string> Create(bool required) =>
        new("--reason")
        {
            Description =
                $"Why, in at most {Longest} characters; kept with the change"
                + (required ? "." : ". Required where the tenant's reasonsFor names this kind of change."),
            Required = required,
            HelpName = "text",
        };

    /// <summary>Empty where none was given.</summary>
    /// <exception cref="InvalidInputException">It is too long, or nothing where something is needed.</exception>
    public static string Read(ParseResult parsed, Option<string> option)
    {
        var reason = (parsed.GetValue(option) ?? "").Trim();
        return reason.Length > Longest || (option.Required && reason.Length == 0)
            ? throw new InvalidInputException($"The reason has {reason.Length} characters.", $"Say why in 1 to {Longest}.")
            : reason;
    }
}
