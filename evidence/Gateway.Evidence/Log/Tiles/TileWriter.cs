using Gateway.Evidence.Log.Files;

namespace Gateway.Evidence.Log.Tiles;

/// <summary>
/// Writes tiles beside the segments. A full tile is written once, and again only by a start that takes the log up before it, with the same
/// bytes. Partial ones are those of the last checkpoint only.
/// </summary>
internal sealed class TileWriter(string folder, TileEdge edge) : TileBuilder(folder, edge)
{
    private readonly HashSet<string> _partials = new(StringComparer.Ordinal);
    private readonly HashSet<string> _outdated = new(StringComparer.Ordinal);
    private bool _isClean;

    /// <summary>Writes what a checkpoint of this size needs.</summary>
    /// <exception cref="IOException">A file couldn't be written.</exception>
    public void WritePartials()
    {
        _outdated.UnionWith(_partials);
        _partials.Clear();
        BuildPartials();
        _outdated.ExceptWith(_partials);
    }

    /// <summary>Removes the partial ones of the checkpoint before, once the next is in its place.</summary>
    public void RemoveOutdated()
    {
        FindLeft();
        foreach (var path in _outdated)
        {
            if (File.Exists(path))
            {
                File.Delete(path);
            }
        }

        _outdated.Clear();
    }

    /// <summary>What an earlier run has left, of which this one knows nothing.</summary>
    private void FindLeft()
    {
        if (_isClean)
        {
            return;
        }

        _isClean = true;
        foreach (var folder in _partials.Select(path => Path.GetDirectoryName(path)!).Distinct(StringComparer.Ordinal).ToArray())
        {
            _outdated.UnionWith(Directory.GetFiles(folder).Where(file => !_partials.Contains(file)));
        }
    }

    protected override void OnFull(string path, ReadOnlySpan<byte> content)
    {
        // Linux syncs them all at once, before anything relies on them.
        AtomicFile.Write(path, content, synced: !OperatingSystem.IsLinux(), Folder);
        var partials = TilePath.Partials(path);
        if (Directory.Exists(partials))
        {
            Directory.Delete(partials, recursive: true);
        }
    }

    protected override void OnPartial(string full, int width, ReadOnlySpan<byte> content)
    {
        var path = TilePath.Partial(full, width);
        _partials.Add(path);
        if (!_outdated.Contains(path))
        {
            AtomicFile.Write(path, content, synced: false, Folder);
        }
    }
}
