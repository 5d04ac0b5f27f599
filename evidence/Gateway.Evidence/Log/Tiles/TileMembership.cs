using System.Globalization;

namespace Gateway.Evidence.Log.Tiles;

/// <summary>Which files are tiles and bundles of a tree: what else lies in the folder proves nothing.</summary>
internal static class TileMembership
{
    /// <summary>Whether a file is a tile or bundle that a tree of a size needs: a full one, or one of its partial ones.</summary>
    public static bool IsUnder(string log, string path, long size)
    {
        var partial = Path.GetDirectoryName(path)!.EndsWith(".p", StringComparison.Ordinal);
        var full = partial ? Path.GetDirectoryName(path)![..^2] : path;
        var parts = Path.GetRelativePath(Path.Combine(log, TilePath.Folder), full).Split(Path.DirectorySeparatorChar);
        var index = 0L;
        foreach (var part in parts.AsSpan(1))
        {
            index =
                long.TryParse(part.TrimStart('x'), NumberStyles.None, CultureInfo.InvariantCulture, out var element)
                && index < long.MaxValue / TilePath.Thousand - 1
                    ? (index * TilePath.Thousand) + element
                    : long.MaxValue / TilePath.Thousand;
        }

        var level = 0;
        var isKnown =
            parts[0] == "entries"
            || (int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out level) && level < TilePath.Height);
        var expected = parts[0] == "entries" ? TilePath.Entries(log, index) : TilePath.Hashes(log, level, index);
        return isKnown
            && full == expected
            && (
                partial
                    ? index == TilePath.FullTiles(size, level)
                        && Path.GetFileName(path) == TilePath.PartialWidth(size, level).ToString(CultureInfo.InvariantCulture)
                    : index < TilePath.FullTiles(size, level)
            );
    }
}
