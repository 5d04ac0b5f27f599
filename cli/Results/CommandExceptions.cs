using Gateway.Gait.Artifacts;

namespace Gateway.Cli.Results;

/// <summary>The command can't be carried out as it was given. Ends with <see cref="ExitCode.InvalidInput"/>; nothing was changed.</summary>
internal sealed class InvalidInputException(IReadOnlyList<CommandError> errors) : Exception(string.Join('\n', errors))
{
    public InvalidInputException(string message, string remedy)
        : this([new CommandError(message, remedy)]) { }

    public IReadOnlyList<CommandError> Errors { get; } = errors;
}

/// <summary>What a command was to work on isn't what it says it is. Ends with <see cref="ExitCode.VerificationFailed"/>.</summary>
internal sealed class VerificationFailedException(string path, ArtifactProblem problem) : Exception($"{path}: {problem}")
{
    public ArtifactProblem Problem { get; } = problem;
}
