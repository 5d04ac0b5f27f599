namespace Gateway.Cli.Results;

/// <summary>The command can't be carried out as it was given. Ends with <see cref="ExitCode.InvalidInput"/>; nothing was changed.</summary>
internal sealed class InvalidInputException(IReadOnlyList<CommandError> errors) : Exception(string.Join('\n', errors))
{
    public InvalidInputException(string message, string remedy)
        : this([new CommandError(message, remedy)]) { }

    public IReadOnlyList<CommandError> Errors { get; } = errors;
}
