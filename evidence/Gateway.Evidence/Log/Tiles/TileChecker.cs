using Gateway.Evidence.Log.Files;
using Gateway.Evidence.Log.Tree;
using Gateway.Policy.Model;

namespace Gateway.Evidence.Log.Tiles;

/// <summary>Compares the tiles of a log, up to a checkpoint, with those that its records give.</summary>
/// <param name="size">Records of the checkpoint.</param>
internal sealed class TileChecker(string folder, TileEdge edge, long size) : TileBuilder(folder, edge)
{
    /// <summary>The first tile that is wrong; null for none so far.</summary>
    public LogProblem? Problem { get; private set; }

    /// <summary>Takes a record of the checkpoint's; compares the partial tiles behind the last of them.</summary>
    /// <exception cref="IOException">A tile can't be read.</exception>
    public void Check(ReadOnlySpan<byte> record, Sha256Digest leaf, CompactRange tree)
    {
        if (Size < size)
        {
            Append(record, leaf, tree);
            if (Size == size)
            {
                BuildPartials();
            }
        }
    }

    protected override void OnFull(string path, ReadOnlySpan<byte> content) => Compare(path, TilePath.Width, content);

    protected override void OnPartial(string full, int width, ReadOnlySpan<byte> content) => Compare(full, width, content);

    private void Compare(string full, int width, ReadOnlySpan<byte> content)
    {
        if (Problem is not null)
        {
            return;
        }

        if (FoundTile.Read(full, width) is not var (file, bytes))
        {
            Problem = new LogProblem(LogProblemKind.Tile, full, 0, null, $"The tile is missing, {width} wide.");
            return;
        }

        var same = bytes.AsSpan().CommonPrefixLength(content);

        // The file of a wider one, of a log that has grown meanwhile, begins with the same.
        var isWider = file != full ? file != TilePath.Partial(full, width) : width < TilePath.Width;
        if (same < content.Length || (bytes.Length > content.Length && !isWider))
        {
            Problem = new LogProblem(LogProblemKind.Tile, file, same, null, "The tile isn't the one that the records give.");
        }
    }
}
