namespace Gateway.Cli.Commands.Running;

/// <summary>
/// What a shell runs to complete a command: each asks the program itself, so that the script never lags behind it.
/// </summary>
internal static class CompletionScripts
{
    /// <summary>By the shell's name.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal)
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
}
