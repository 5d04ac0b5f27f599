using Gateway.Evidence.Log.Checkpoints;
using Gateway.Evidence.Log.Files;

namespace Gateway.Evidence.Verification;

/// <summary>Whether the segments of a log that are there are as they were sealed.</summary>
internal static class SealCheck
{
    /// <summary>The first thing that is wrong; null for nothing.</summary>
    /// <exception cref="IOException">A file can't be read.</exception>
    public static LogProblem? Check(string folder, IReadOnlyList<SegmentSeal> seals, CancellationToken cancellationToken)
    {
        foreach (var seal in seals)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var file = Path.Combine(folder, SegmentName.Of(seal.First));
            if (File.Exists(file) && seal.Differs(file) is { } wrong)
            {
                return new LogProblem(LogProblemKind.Seal, file, 0, seal.First, wrong);
            }
        }

        return null;
    }
}
