using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Gateway.Cli.Commands;

namespace Gateway.Cli;

/// <summary>The parser's own help, and behind it how the command, or each one below it, is typed.</summary>
internal sealed class ExampleHelp(HelpAction help) : SynchronousCommandLineAction
{
    private const string Common = """
        Settings of the instance are taken from appsettings.json here, from the environment (Gateway__Data__Path=…), and from
        options such as --Gateway:Data:Path=…, the last one counting. Every command has --json.
        Exit codes: 0 ok, 1 failed, 2 verification failed, 3 blocked, 4 approval required,
        5 regression failed, 6 invalid input.
        """;

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var exit = help.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Examples:");
        foreach (var example in Examples(parseResult.CommandResult.Command))
        {
            output.WriteLine("  " + example);
        }

        output.WriteLine();
        output.WriteLine(Common);
        return exit;
    }

    private static IEnumerable<string> Examples(Command command) =>
        command is LeafCommand leaf ? [leaf.Example] : command.Subcommands.SelectMany(Examples);
}
