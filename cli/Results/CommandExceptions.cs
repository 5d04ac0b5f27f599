using Gateway.Gait.Artifacts;
using Gateway.Policy.Model;

namespace Gateway.Cli.Results;

/// <summary>The command can't be carried out as it was given. Ends with <see cref="ExitCode.InvalidInput"/>; nothing was changed.</summary>
internal sealed class InvalidInputException(IReadOnlyList<CommandError> errors) : Exception(string.Join('\n', errors))
{
    public InvalidInputException(string message, string remedy)
        : this([new CommandError(message, remedy)]) { }

    public IReadOnlyList<CommandError> Errors { get; } = errors;
}

/// <summary>A tenant isn't entitled to what a command does. Ends with <see cref="ExitCode.Blocked"/>, and is put on record.</summary>
/// <param name="tenant">Empty where nobody said which.</param>
/// <param name="what">What was wanted of it, in a few words.</param>
internal sealed class UseRefusedException(Id<Tenant> tenant, Entitlement needed, string what, CommandError error)
    : Exception(error.ToString())
{
    public Id<Tenant> Tenant => tenant;

    public string Subject => $"{Vocabulary.Entitlement.Text(needed)}: {what}";

    public CommandError Error => error;
}

/// <summary>What a command was to work on isn't what it says it is. Ends with <see cref="ExitCode.VerificationFailed"/>.</summary>
internal sealed class VerificationFailedException(string path, ArtifactProblem problem) : Exception($"{path}: {problem}")
{
    public ArtifactProblem Problem { get; } = problem;
}

/// <summary>Another Gateway refused it, or gave no answer of one. Ends as it says.</summary>
internal sealed class RemoteException(ExitCode exit, CommandError error) : Exception(error.ToString())
{
    public ExitCode Exit => exit;

    public CommandError Error => error;
}
