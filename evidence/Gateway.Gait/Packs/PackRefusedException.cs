namespace Gateway.Gait.Packs;

/// <summary>
/// Ends the reading of a pack at the first thing that is wrong. Never leaves this project's public surface as anything but a result.
/// </summary>
internal sealed class PackRefusedException(PackProblem problem) : Exception(problem.ToString())
{
    public PackRefusedException(string code, string member, string detail, long? offset = null)
        : this(new PackProblem(code, member, detail) { Offset = offset }) { }

    public PackProblem Problem { get; } = problem;
}
