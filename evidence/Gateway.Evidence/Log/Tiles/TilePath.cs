using System.Globalization;

namespace Gateway.Evidence.Log.Tiles;

/// <summary>Where tiles lie under a log's folder: the paths of C2SP tlog-tiles.</summary>
internal static class TilePath
{
    /// <value>Hashes in a full tile, and entries in a full bundle.</value>
    public const int Width = 256;

    /// <value>Levels of the tree in one level of tiles: 256 is two to the power of it.</value>
    public const int Height = 8;

    /// <summary>The folder of all tiles, in a log's folder.</summary>
    public const string Folder = "tile";

    /// <value>Tiles or folders of one folder.</value>
    public const int Thousand = 1000;

    /// <summary>A tile of hashes, full.</summary>
    public static string Hashes(string log, int level, long index) =>
        Path.Combine(log, Folder, level.ToString(CultureInfo.InvariantCulture), Elements(index));

    /// <summary>A bundle of entries, full.</summary>
    public static string Entries(string log, long index) => Path.Combine(log, Folder, "entries", Elements(index));

    /// <summary>The folder of a tile's or bundle's partial ones.</summary>
    public static string Partials(string full) => full + ".p";

    /// <param name="width">1 to 255.</param>
    public static string Partial(string full, int width) => Path.Combine(Partials(full), width.ToString(CultureInfo.InvariantCulture));

    /// <summary>How many of a level's hashes a tree of a size has in its last, partial tile.</summary>
    public static int PartialWidth(long size, int level) => level < Height ? (int)((size >> (Height * level)) & (Width - 1)) : 0;

    /// <summary>How many full tiles of a level a tree of a size has.</summary>
    public static long FullTiles(long size, int level) => level + 1 < Height ? size >> (Height * (level + 1)) : 0;

    /// <summary>1234067 is <c>x001/x234/067</c>.</summary>
    private static string Elements(long index)
    {
        var path = (index % Thousand).ToString("D3", CultureInfo.InvariantCulture);
        for (index /= Thousand; index > 0; index /= Thousand)
        {
            path = Path.Combine("x" + (index % Thousand).ToString("D3", CultureInfo.InvariantCulture), path);
        }

        return path;
    }
}
