using Gateway.Gait.Artifacts;
using Gateway.Gait.Packs;

namespace Gateway.Cli.Results;

/// <summary>What a command was to work on isn't what it says it is. Ends with <see cref="ExitCode.VerificationFailed"/>.</summary>
internal sealed class VerificationFailedException(string path, ArtifactProblem problem) : Exception($"{path}: {problem}")
{
    public ArtifactProblem Problem { get; } = problem;
}
