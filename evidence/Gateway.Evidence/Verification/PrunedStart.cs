using Gateway.Evidence.Log.Checkpoints;
using Gateway.Evidence.Log.Files;
using Gateway.Evidence.Log.Scanning;
using Gateway.Evidence.Log.Tiles;

namespace Gateway.Evidence.Verification;

/// <summary>Where verifying a log begins whose first segments were removed: the tiles under the signed root have their hashes.</summary>
internal static class PrunedStart
{
    /// <summary>The state behind the records that are gone; null with what is wrong.</summary>
    /// <param name="first">The first record that is there; over 0.</param>
    /// <exception cref="IOException">A tile is missing or has another length.</exception>
    public static (LogScan Scan, TileChecker Tiles)? Find(string folder, Checkpoint checkpoint, long first, out LogProblem? problem)
    {
        var tiles = new TileReader(folder, checkpoint.Size);
        problem =
            first > checkpoint.Size
                ? new LogProblem(
                    LogProblemKind.Rollback,
                    Path.Combine(folder, Checkpoint.FileName),
                    0,
                    first,
                    $"The log begins with record {first}, and its checkpoint is of {checkpoint.Size}."
                )
                : Authenticate(tiles, folder, checkpoint, first);
        if (problem is not null)
        {
            return null;
        }

        return (PrunedState.Scan(tiles, first), PrunedState.Checker(tiles, folder, checkpoint.Size, first));
    }

    /// <summary>From the signed root down: each tile by the hash that the one above it has of it.</summary>
    private static LogProblem? Authenticate(TileReader tiles, string folder, Checkpoint checkpoint, long first)
    {
        if (TileAuthentication.CheckRoot(tiles, folder, checkpoint.Size, checkpoint.Root) is { } wrong)
        {
            return wrong;
        }

        for (var level = TilePath.Height - 2; level >= 0; level--)
        {
            for (
                var index = 0L;
                index <= (first - 1) >> (TilePath.Height * (level + 1)) && index < TilePath.FullTiles(checkpoint.Size, level);
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
