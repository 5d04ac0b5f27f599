using System.CommandLine;
using Gateway.Cli.Commands;
using Gateway.Cli.Results;

namespace Gateway.Cli;

/// <summary>What the parser didn't understand, as a result.</summary>
internal static class ParseProblems
{
    public static CommandResult ToResult(ParseResult parsed)
    {
        var name = LeafCommand.NameOf(parsed.CommandResult.Command);
        var remedy = name == ProgramName.Own ? "See 'gateway --help'." : $"See 'gateway {name} --help'.";
        var errors = parsed.Errors.Select(e => new CommandError(Redact(parsed, e.Message), remedy)).ToList();
        return CommandResult.Refused(ExitCode.InvalidInput, errors);
    }

    /// <summary>A value where none belongs may be a secret that somebody took for an argument: it isn't repeated.</summary>
    private static string Redact(ParseResult parsed, string message)
    {
        if (parsed.CommandResult.Command.Subcommands.Count > 0)
        {
            return message;
        }

        foreach (var token in parsed.UnmatchedTokens.Where(token => !token.StartsWith('-')))
        {
            message = message.Replace($"'{token}'", "(not shown)", StringComparison.Ordinal);
        }

        return message;
    }
}
