using Gateway.Evidence.Log.Files;
using Gateway.Evidence.Signing;

namespace Gateway.Evidence.Log.Checkpoints;

/// <summary>
/// That the segments of a log are all there: those that are sealed as long as they were sealed, none missing but what was removed on
/// purpose.
/// </summary>
internal static class SegmentInventory
{
    /// <summary>The first thing that is wrong; null for nothing. Reads no segment.</summary>
    /// <param name="keys">Null checks no signature.</param>
    /// <exception cref="IOException">A file can't be read.</exception>
    public static LogProblem? Check(
        string folder,
        LogId log,
        LogHead head,
        IReadOnlyList<Ed25519PublicKey>? keys,
        out IReadOnlyList<SegmentSeal> seals
    )
    {
        var minimum = head.Retention?.Minimum ?? 0;
        if (SealList.Read(folder, log, keys, out seals) is { } problem)
        {
            return problem;
        }

        foreach (var seal in seals)
        {
            var file = Path.Combine(folder, SegmentName.Of(seal.First));
            if (!File.Exists(file) ? seal.Last >= minimum : new FileInfo(file).Length != seal.Bytes)
            {
                return new LogProblem(
                    LogProblemKind.Segment,
                    file,
                    0,
                    seal.First,
                    $"The segment is sealed with {seal.Bytes} bytes, and is missing or has another length."
                );
            }
        }

        var before = head.Resume?.Segment ?? 0;
        var unsealed = seals.Count == 0 ? 0 : seals[^1].Last + 1;
        return unsealed < before
            ? new LogProblem(LogProblemKind.Seal, Path.Combine(folder, SegmentSeal.NameOf(unsealed)), 0, unsealed, "The seal is missing.")
            : null;
    }
}
