using Gateway.Evidence.Log.Scanning;
using Gateway.Evidence.Log.Tiles;
using Gateway.Evidence.Log.Tree;
using Gateway.Policy.Model;

namespace Gateway.Evidence.Verification;

/// <summary>What a walk over a log knows behind records that were removed, out of their tiles. These are authenticated before.</summary>
internal static class PrunedState
{
    public static LogScan Scan(TileReader tiles, long first)
    {
        var previous = new byte[Sha256Digest.Length];
        tiles.Subtree(0, first - 1).CopyTo(previous);
        return new LogScan
        {
            Records = first,
            Previous = previous,
            Tree = Range(tiles, first),
        };
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

    public static TileChecker Checker(TileReader tiles, string folder, long size, long first)
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
