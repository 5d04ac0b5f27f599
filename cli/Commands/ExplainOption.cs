using System.CommandLine;
using System.CommandLine.Invocation;
using Gateway.Cli.Results;

namespace Gateway.Cli.Commands;

/// <summary>
/// <c>--explain</c>: says what a command does, and does nothing. It needs none of the command's arguments. A command that explains its own
/// answers has an option of that name of its own.
/// </summary>
internal sealed class ExplainOption : Option<bool>
{
    public ExplainOption(LeafCommand command)
        : base("--explain")
    {
        Description = "Say what the command does, and do nothing.";
        Action = new ExplainAction(command);
    }

    private sealed class ExplainAction(LeafCommand command) : SynchronousCommandLineAction
    {
        public override bool Terminating => true;

        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            var example = ProgramName.In(command.Example);
            var result = CommandResult.Ok(
                new()
                {
                    ["explanation"] = command.Description,
                    ["example"] = example,
                    ["exit_codes"] = ExitCodes.Explanation,
                },
                command.Description!,
                "For example: " + example,
                "Exit codes: " + ExitCodes.Explanation
            );
            return new Output(parseResult.GetValue(LeafCommand.Json)).Show(command.FullName, result);
        }
    }
}
