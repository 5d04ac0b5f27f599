using Gateway.Evidence.Log.Files;
using Gateway.Evidence.Signing;

namespace Gateway.Evidence.Log.Checkpoints;

/// <summary>The seals of a log, in order.</summary>
internal static class SealList
{
    /// <summary>The seals, each where the one before it ends.</summary>
    public static LogProblem? Read(string folder, LogId log, IReadOnlyList<Ed25519PublicKey>? keys, out IReadOnlyList<SegmentSeal> seals)
    {
        var read = new List<SegmentSeal>();
        seals = read;
        var next = 0L;
        foreach (var file in SegmentSeal.List(folder))
        {
            var wrong = SegmentSeal.Read(RegularFile.Read(file, Checkpoint.MaxLength), LogOrigin.Of(log), keys, out var seal);
            if (wrong is not null || Path.GetFileName(file) != SegmentSeal.NameOf(next) || seal!.First != next)
            {
                return new LogProblem(LogProblemKind.Seal, file, 0, next, wrong ?? $"The next seal should be of record {next} on.");
            }

            read.Add(seal);
            next = seal.Last + 1;
        }

        return null;
    }
}
