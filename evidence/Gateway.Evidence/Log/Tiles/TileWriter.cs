using Gateway.Evidence.Log.Files;

namespace Gateway.Evidence.Log.Tiles;

/// <summary>
/// Writes tiles beside the segments. A full tile is written once, and again only by a start that takes the log up before it, with the same
/// bytes. Partial ones are those of the last checkpoint only.
/// </summary>
internal sealed class TileWriter(string folder, TileEdge edge) : TileBuilder(folder, edge)
{
    private readonly PartialFiles _files = new();

    /// <summary>Writes what a checkpoint of this size needs.</summary>
    /// <exception cref="IOException">A file couldn't be written.</exception>
    public void WritePartials()
    {
        _files.Begin();
        BuildPartials();
        _files.End();
    }

    /// <inheritdoc cref="PartialFiles.RemoveOutdated"/>
    public void RemoveOutdated() => _files.RemoveOutdated();

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
        if (_files.Add(path))
        {
            AtomicFile.Write(path, content, synced: false, Folder);
        }
    }
}
