using Gateway.Evidence.Log.Tree;
using Gateway.Policy.Model;

namespace Gateway.Evidence.Log.Tiles;

/// <summary>
/// Lays a log's tree out as C2SP tlog-tiles, record by record; what becomes of the tiles is the heir's. Not thread-safe.
/// </summary>
internal abstract class TileBuilder
{
    private readonly List<HashTile> _levels = [];
    private readonly EntryBundle _entries = new();

    /// <summary>Goes on at a tree's edge.</summary>
    /// <param name="folder">The log's.</param>
    protected TileBuilder(string folder, TileEdge edge)
    {
        (Folder, Size) = (folder, edge.Size);
        Level(0);
        for (var i = 0; i < edge.Levels.Count; i++)
        {
            var tile = Level(i + 1);
            foreach (var hash in edge.Levels[i])
            {
                tile.Add(hash);
            }
        }
    }

    /// <value>Records.</value>
    public long Size { get; private set; }

    protected string Folder { get; }

    /// <summary>Takes the next record.</summary>
    /// <param name="tree">Has it already; gives the roots of full tiles, so that nothing is hashed twice.</param>
    /// <exception cref="IOException">A file couldn't be used. This builder is of no further use.</exception>
    public void Append(ReadOnlySpan<byte> record, Sha256Digest leaf, CompactRange tree)
    {
        _entries.Add(record);
        Size++;
        Add(0, leaf, tree);
    }

    /// <summary>Takes a leaf whose record is gone, and that fills no tile. Its bundle is then not built.</summary>
    public void AppendRemoved(Sha256Digest leaf)
    {
        _entries.Discard();
        Size++;
        _levels[0].Add(leaf);
    }

    /// <summary>The edge, right behind a full tile of leaves.</summary>
    public TileEdge Edge() => new(Size, [.. _levels.Skip(1).Select(level => level.Hashes.ToArray())]);

    /// <summary>Hands out the partial tiles, and the bundle.</summary>
    protected void BuildPartials()
    {
        foreach (var level in _levels)
        {
            if (level.Count > 0)
            {
                OnPartial(TilePath.Hashes(Folder, level.Level, level.Index), level.Count, level.Bytes);
            }
        }

        if (_levels[0].Count > 0 && _entries.IsWhole)
        {
            OnPartial(TilePath.Entries(Folder, _levels[0].Index), _levels[0].Count, _entries.Bytes);
        }
    }

    /// <param name="path">The file's.</param>
    protected abstract void OnFull(string path, ReadOnlySpan<byte> content);

    /// <param name="full">The full tile's path.</param>
    /// <param name="width">1 to 255.</param>
    protected abstract void OnPartial(string full, int width, ReadOnlySpan<byte> content);

    private HashTile Level(int level)
    {
        while (_levels.Count <= level)
        {
            _levels.Add(new HashTile(_levels.Count, TilePath.FullTiles(Size, _levels.Count)));
        }

        return _levels[level];
    }

    private void Add(int level, Sha256Digest hash, CompactRange tree)
    {
        var tile = Level(level);
        tile.Add(hash);
        if (tile.Count < TilePath.Width)
        {
            return;
        }

        OnFull(TilePath.Hashes(Folder, level, tile.Index), tile.Bytes);
        if (level == 0)
        {
            CloseEntries(tile.Index);
        }

        tile.Close();
        Add(level + 1, tree.Last(TilePath.Height * (level + 1)), tree);
    }

    private void CloseEntries(long index)
    {
        if (_entries.IsWhole)
        {
            OnFull(TilePath.Entries(Folder, index), _entries.Bytes);
        }

        _entries.Clear();
    }
}
