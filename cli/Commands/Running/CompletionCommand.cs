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
    private static readonly IReadOnlyDictionary<string, string> Scripts = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["bash"] = """
            _gateway() {
              local skip=$((${#COMP_WORDS[0]} + 1)) current=${COMP_WORDS[COMP_CWORD]}
              local line=${COMP_LINE:skip} found
              mapfile -t found < <(gateway "[suggest:$((COMP_POINT - skip))]" "$line" 2> /dev/null)
              COMPREPLY=()
              for word in "${found[@]}"; do
                [[ $word == "$current"* ]] && COMPREPLY+=("$word")
              done
            }
            complete -o default -F _gateway gateway
            """,
        ["zsh"] = """
            #compdef gateway
            _gateway() {
              local line="${(j: :)words[2,CURRENT]}"
              local -a found
              found=("${(@f)$(gateway "[suggest:${#line}]" "$line" 2> /dev/null)}")
              compadd -a found || _files
            }
            compdef _gateway gateway
            """,
        ["fish"] = """
            function __gateway_suggest
                set -l line (string replace -r '^\S+\s?' '' -- (commandline -cp))
                gateway "[suggest:"(string length -- "$line")"]" "$line" 2> /dev/null
            end
            complete -c gateway -a '(__gateway_suggest)'
            """,
    };

    private readonly Argument<string> _shell = new("SHELL") { Description = "bash, zsh or fish." };

    public CompletionCommand(CommandConfiguration configuration)
        : base(
            configuration,
            "completion",
            "Print the script by which a shell completes this command.",
            "source <(gateway completion bash)"
        )
    {
        _shell.AcceptOnlyFromAmong([.. Scripts.Keys]);
        Add(_shell);
    }

    protected override Task<CommandResult> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var shell = parsed.GetRequiredValue(_shell);
        var script = Scripts[shell].Replace(ProgramName.Own, ProgramName.Value, StringComparison.Ordinal);
        return Task.FromResult(CommandResult.Ok(new() { ["shell"] = shell, ["script"] = script }, script.Split('\n')));
    }
}
