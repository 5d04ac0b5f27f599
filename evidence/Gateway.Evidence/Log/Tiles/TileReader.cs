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
        Read(
            TilePath.Hashes(folder, level, index),
            index < TilePath.FullTiles(size, level) ? TilePath.Width : TilePath.PartialWidth(size, level)
        );

    private static Sha256Digest[] Read(string full, int width)
    {
        var (file, bytes) = FoundTile.Read(full, width) ?? throw new IOException($"The tile '{full}' is missing, {width} hashes wide.");
        if (bytes.Length < width * Sha256Digest.Length)
        {
            throw new IOException($"The tile '{file}' has {bytes.Length} bytes and should have {width * Sha256Digest.Length}.");
        }

        var hashes = new Sha256Digest[width];
        for (var i = 0; i < width; i++)
        {
            hashes[i] = new Sha256Digest(bytes.AsSpan(i * Sha256Digest.Length, Sha256Digest.Length));
        }

        return hashes;
    }
}
