using System.CommandLine;
using System.CommandLine.Invocation;
using Gateway.Cli.Commands;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;

namespace Gateway.Cli;

/// <summary>The whole command line: takes the settings out, finds the command, runs it, and says what came of it.</summary>
internal static class CommandLine
{
    /// <returns>The process' exit code, one of <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            return await AnswerAsync(args);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A command's own failures are results. This is that one can't be written, and the process must not end as a crash, whose dump
            // would hold its keys.
            Output.SayUnwritten(e);
            return (int)ExitCode.Failed;
        }
    }

    private static async Task<int> AnswerAsync(string[] args)
    {
        var (settings, rest) = SettingArguments.Split(args);
        var root = CommandTree.Build(settings);

        // '@file' belongs to --data; by default it would be read as a file of arguments.
        var parsed = root.Parse(rest.Length == 0 ? ["--help"] : rest, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Action is ParseErrorAction)
        {
            var output = new Output(parsed.GetValue(LeafCommand.Json));
            return output.Show(LeafCommand.NameOf(parsed.CommandResult.Command), ParseProblems.ToResult(parsed));
        }

        // No time-out of the parser's own: the host ends itself on a signal, after its requests, and the rest may simply be ended.
        return await parsed.InvokeAsync(
            new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }
        );
    }
}
