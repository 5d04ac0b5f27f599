using Gateway.Evidence.Log.Tree;
using Gateway.Policy.Model;

namespace Gateway.Evidence.Log.Tiles;

/// <summary>
/// Reads the tree of a log at one size from its tiles, and keeps what it has read. Trusts nothing: whoever uses a proof made of these
/// hashes checks it against a signed root. Not thread-safe.
/// </summary>
/// <param name="folder">The log's.</param>
/// <param name="size">Records of the tree.</param>
internal sealed class TileReader(string folder, long size)
{
    private readonly Dictionary<(int Level, long Index), Sha256Digest[]> _tiles = [];

    /// <summary>The root of a complete subtree.</summary>
    /// <exception cref="IOException">A tile is missing or has another length.</exception>
    public Sha256Digest Subtree(int height, long index)
    {
        var level = Math.Min(height / TilePath.Height, TilePath.Height - 1);
        var inside = height - (level * TilePath.Height);
        var first = index << inside;
        var tile = Tile(level, first / TilePath.Width);
        return Merkle.RootOf(tile.AsSpan((int)(first % TilePath.Width), 1 << inside).ToArray());
    }

    /// <summary>The hashes of a tile as far as the tree has them.</summary>
    /// <exception cref="IOException">It is missing or has another length.</exception>
    public Sha256Digest[] Tile(int level, long index)
    {
        if (!_tiles.TryGetValue((level, index), out var tile))
        {
            _tiles[(level, index)] = tile = Read(level, index);
        }

        return tile;
    }

    /// <summary>The same, read anew.</summary>
    /// <exception cref="IOException">It is missing or has another length.</exception>
    public Sha256Digest[] Read(int level, long index) =>
        TileHashes.Read(
            TilePath.Hashes(folder, level, index),
            index < TilePath.FullTiles(size, level) ? TilePath.Width : TilePath.PartialWidth(size, level)
        );
}
