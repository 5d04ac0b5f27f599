using System.CommandLine;
using System.CommandLine.Invocation;
using Gateway.Cli.Commands;
using Gateway.Cli.Results;

namespace Gateway.Cli;

/// <summary><c>gateway --version</c>: one line, or with <c>--json</c> the envelope of every command.</summary>
internal sealed class VersionAnswer : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult) =>
        new Output(parseResult.GetValue(LeafCommand.Json)).Show(
            ProgramName.Own,
            CommandResult.Ok(ProductVersion.Own.ToJson(), ProductVersion.Own.ToString())
        );
}
