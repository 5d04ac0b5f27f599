using System.CommandLine;
using Gateway.Cli.Results;
using Gateway.Cli.Settings;

namespace Gateway.Cli.Commands.Running;

/// <summary>
/// <c>gateway completion</c>: the script by which a shell completes commands, options and values. The program itself gives them, so that
/// the script never lags behind it.
/// </summary>
internal sealed class CompletionCommand : LeafCommand
{
    private readonly Argument<string> _shell = new("SHELL") { Description = "bash, zsh or fish." };

    public CompletionCommand(CommandConfiguration configuration)
        : base(
            configuration,
            "completion",
            "Print the script by which a shell completes this command.",
            "source <(gateway completion bash)"
        )
    {
        _shell.AcceptOnlyFromAmong([.. CompletionScripts.All.Keys]);
        Add(_shell);
    }

    protected override Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var shell = parsed.GetRequiredValue(_shell);
        var script = CompletionScripts.All[shell].Replace(ProgramName.Own, ProgramName.Value, StringComparison.Ordinal);
        return Task.FromResult(CommandResult.Ok(new() { ["shell"] = shell, ["script"] = script }, script.Split('\n')));
    }
}
