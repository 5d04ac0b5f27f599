using Gateway.Evidence.Log.Checkpoints;
using Gateway.Evidence.Log.Files;
using Gateway.Evidence.Log.Tiles;

namespace Gateway.Evidence.Log.Retention;

/// <summary>
/// That a sealed segment is what was sealed, and that its hashes are in the tiles: once it is gone nothing else can say them.
/// </summary>
internal static class SealedTiles
{
    /// <summary>What is wrong; null for nothing.</summary>
    /// <exception cref="IOException">A file can't be read.</exception>
    public static LogProblem? Check(string folder, string file, SegmentSeal seal, Checkpoint checkpoint)
    {
        if (seal.Differs(file) is { } wrong)
        {
            return new LogProblem(LogProblemKind.Seal, file, 0, seal.First, wrong);
        }

        var tiles = new TileReader(folder, checkpoint.Size);
        return TileAuthentication.CheckRoot(tiles, folder, checkpoint.Size, checkpoint.Root)
            ?? SealedLeaves.Check(folder, file, seal, tiles)
            ?? Above(folder, seal, checkpoint, tiles);
    }

    /// <summary>The full tiles over the segment, level by level.</summary>
    private static LogProblem? Above(string folder, SegmentSeal seal, Checkpoint checkpoint, TileReader tiles)
    {
        for (var level = 0; level + 1 < TilePath.Height; level++)
        {
            var shift = TilePath.Height * (level + 1);
            for (
                var index = seal.First >> shift;
                index <= seal.Last >> shift && index < TilePath.FullTiles(checkpoint.Size, level);
                index++
            )
            {
                if (TileAuthentication.CheckFull(tiles, folder, level, index) is { } problem)
                {
                    return problem;
                }
            }
        }

        return null;
    }
}
