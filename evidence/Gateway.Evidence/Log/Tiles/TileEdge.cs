using Gateway.Evidence.Log.Tree;
using Gateway.Policy.Model;

namespace Gateway.Evidence.Log.Tiles;

/// <summary>
/// The partial tiles of a tree at its right edge, above the lowest level: enough to go on writing tiles where a full lowest one ends.
/// </summary>
/// <param name="Size">Records; a multiple of 256.</param>
/// <param name="Levels">The hashes of the partial tiles of level 1, 2 and so on; each fewer than 256.</param>
internal sealed record TileEdge(long Size, IReadOnlyList<IReadOnlyList<Sha256Digest>> Levels)
{
    public static TileEdge Empty { get; } = new(0, []);

    /// <summary>The edge of a log's tree, which must be of its size; null where it isn't.</summary>
    public static TileEdge? Create(long size, IReadOnlyList<IReadOnlyList<Sha256Digest>> levels)
    {
        var covered = 0L;
        for (var i = 0; i < levels.Count && i + 1 < TilePath.Height; i++)
        {
            covered += (long)levels[i].Count << (TilePath.Height * (i + 1));
        }

        var fits = levels.Count + 1 < TilePath.Height && levels.All(level => level.Count < TilePath.Width);
        return fits && covered == size ? new TileEdge(size, levels) : null;
    }

    public CompactRange ToRange()
    {
        var range = new CompactRange();
        for (var level = Levels.Count - 1; level >= 0; level--)
        {
            foreach (var hash in Levels[level])
            {
                range.Append(hash, TilePath.Height * (level + 1));
            }
        }

        return range;
    }
}
