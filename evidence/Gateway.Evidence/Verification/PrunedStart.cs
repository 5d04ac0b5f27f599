using Gateway.Evidence.Log.Checkpoints;
using Gateway.Evidence.Log.Files;
using Gateway.Evidence.Log.Scanning;
using Gateway.Evidence.Log.Tiles;
using Gateway.Evidence.Log.Tree;
using Gateway.Policy.Model;

namespace Gateway.Evidence.Verification;

/// <summary>
/// Where a verification of a log begins whose first segments were removed: their hashes are in the tiles, and these are under the signed
/// root.
/// </summary>
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

        var previous = new byte[Sha256Digest.Length];
        tiles.Subtree(0, first - 1).CopyTo(previous);
        var scan = new LogScan
        {
            Records = first,
            Previous = previous,
            Tree = Range(tiles, first),
        };
        return (scan, Checker(tiles, folder, checkpoint.Size, first));
    }

    /// <summary>From the signed root down: each tile by the hash that the one above it has of it.</summary>
    private static LogProblem? Authenticate(TileReader tiles, string folder, Checkpoint checkpoint, long first)
    {
        if (Subtrees.Root(0, checkpoint.Size, tiles.Subtree) != checkpoint.Root)
        {
            return new LogProblem(
                LogProblemKind.Tile,
                Path.Combine(folder, TilePath.Folder),
                0,
                null,
                "The last tiles of the levels don't lead to the checkpoint's root."
            );
        }

        for (var level = TilePath.Height - 2; level >= 0; level--)
        {
            for (
                var index = 0L;
                index <= (first - 1) >> (TilePath.Height * (level + 1)) && index < TilePath.FullTiles(checkpoint.Size, level);
                index++
            )
            {
                var above = tiles.Tile(level + 1, index / TilePath.Width)[index % TilePath.Width];
                if (Merkle.RootOf(tiles.Read(level, index)) != above)
                {
                    return new LogProblem(
                        LogProblemKind.Tile,
                        TilePath.Hashes(folder, level, index),
                        0,
                        null,
                        "The tile isn't the one that the level above has the hash of."
                    );
                }
            }
        }

        return null;
    }

    private static CompactRange Range(TileReader tiles, long size)
    {
        var range = new CompactRange();
        for (var height = 62; height >= 0; height--)
        {
            if (((size >> height) & 1) == 1)
            {
                range.Append(tiles.Subtree(height, range.Size >> height), height);
            }
        }

        return range;
    }

    private static TileChecker Checker(TileReader tiles, string folder, long size, long first)
    {
        var full = first / TilePath.Width * TilePath.Width;
        var levels = new List<IReadOnlyList<Sha256Digest>>();
        for (var level = 1; full >> (TilePath.Height * level) > 0; level++)
        {
            var width = TilePath.PartialWidth(full, level);
            levels.Add(width == 0 ? [] : tiles.Tile(level, TilePath.FullTiles(full, level))[..width]);
        }

        var checker = new TileChecker(folder, new TileEdge(full, levels), size);
        for (var i = full; i < first; i++)
        {
            checker.AppendRemoved(tiles.Subtree(0, i));
        }

        return checker;
    }
}
