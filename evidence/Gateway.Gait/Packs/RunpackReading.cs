using System.Diagnostics.CodeAnalysis;

namespace Gateway.Gait.Packs;

/// <summary>What reading a runpack gave. The zero value is neither, and must be taken for a refusal.</summary>
/// <param name="FilesChecked">How many files of the manifest were found to be what it says, before anything went wrong.</param>
public sealed record RunpackReading(Runpack? Pack, PackProblem? Problem, int FilesChecked)
{
    public bool TryGet([NotNullWhen(true)] out Runpack? pack) => (pack = Problem is null ? Pack : null) is not null;
}
