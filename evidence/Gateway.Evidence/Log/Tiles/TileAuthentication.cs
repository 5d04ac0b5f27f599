using Gateway.Evidence.Log.Files;
using Gateway.Evidence.Log.Tree;
using Gateway.Policy.Model;

namespace Gateway.Evidence.Log.Tiles;

/// <summary>What tiles are known by: the last ones of the levels by the signed root, a full one by its hash in the level above.</summary>
internal static class TileAuthentication
{
    /// <summary>What is wrong; null for nothing.</summary>
    /// <exception cref="IOException">A tile is missing or has another length.</exception>
    public static LogProblem? CheckRoot(TileReader tiles, string folder, long size, Sha256Digest root) =>
        Subtrees.Root(0, size, tiles.Subtree) == root
            ? null
            : new LogProblem(
                LogProblemKind.Tile,
                Path.Combine(folder, TilePath.Folder),
                0,
                null,
                "The last tiles of the levels don't lead to the checkpoint's root."
            );

    /// <summary>What is wrong with a full tile below the highest level; null for nothing.</summary>
    /// <exception cref="IOException">A tile is missing or has another length.</exception>
    public static LogProblem? CheckFull(TileReader tiles, string folder, int level, long index)
    {
        var above = tiles.Tile(level + 1, index / TilePath.Width)[index % TilePath.Width];
        return Merkle.RootOf(tiles.Read(level, index)) == above
            ? null
            : new LogProblem(
                LogProblemKind.Tile,
                TilePath.Hashes(folder, level, index),
                0,
                null,
                "The tile isn't the one that the level above has the hash of."
            );
    }
}
