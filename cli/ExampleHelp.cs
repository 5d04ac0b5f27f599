using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Gateway.Cli.Commands;
using Gateway.Cli.Results;

namespace Gateway.Cli;

/// <summary>The parser's own help, and behind it how the command, or each one below it, is typed.</summary>
internal sealed class ExampleHelp(HelpAction help) : SynchronousCommandLineAction
{
    private const string Common = """
        Settings of the instance are taken from appsettings.json here, from the environment (Gateway__Data__Path=…), and from
        options such as --Gateway:Data:Path=…, the last one counting. Every command has --json.
        """;

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var configuration = parseResult.InvocationConfiguration;
        var (output, text) = (configuration.Output, new StringWriter());
        configuration.Output = text;
        var exit = help.Invoke(parseResult);
        configuration.Output = output;
        text.WriteLine("Examples:");
        foreach (var example in Examples(parseResult.CommandResult.Command))
        {
            text.WriteLine("  " + example);
        }

        text.WriteLine();
        text.WriteLine(Common);
        text.WriteLine("Exit codes: " + ExitCodes.Explanation);
        output.Write(ProgramName.In(text.ToString()));
        return exit;
    }

    private static IEnumerable<string> Examples(Command command) =>
        command is LeafCommand leaf ? [leaf.Example] : command.Subcommands.SelectMany(Examples);
}
