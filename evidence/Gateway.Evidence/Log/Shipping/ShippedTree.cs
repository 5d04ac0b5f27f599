using Gateway.Evidence.Log.Checkpoints;
using Gateway.Evidence.Log.Tiles;
using Gateway.Evidence.Log.Tree;
using Gateway.Policy.Model;

namespace Gateway.Evidence.Log.Shipping;

/// <summary>
/// Puts the tree over what was shipped into the archive: the tiles and bundles of a log as they are at a size that is smaller than the
/// log's own head.
/// </summary>
/// <param name="folder">The log's.</param>
/// <param name="head">What was signed of it.</param>
internal sealed class ShippedTree(string folder, Checkpoint head, string archived, ArchiveFiles files)
{
    private readonly TileReader _tiles = new(folder, head.Size);

    /// <summary>The root at a size. The log's head must go on from it, or two roots would be signed that don't fit.</summary>
    /// <exception cref="IOException">It doesn't, or a tile is missing.</exception>
    public Sha256Digest RootAt(long size)
    {
        var root = Subtrees.Root(0, size, _tiles.Subtree);
        var proof = ConsistencyProof.Make(size, head.Size, _tiles.Subtree);
        return ConsistencyProof.Verifies((ulong)size, (ulong)head.Size, root, head.Root, proof)
            ? root
            : throw new IOException($"The tiles in '{folder}' don't lead to the log's head: verify the journal.");
    }

    /// <summary>Writes what a tree of a size has and one of a smaller size hadn't.</summary>
    /// <param name="before">0 for all of it.</param>
    /// <param name="first">The first record whose bundle there must be.</param>
    /// <exception cref="IOException">A file can't be read, written, or isn't the same when it is read back.</exception>
    public void Write(long before, long size, long first, CancellationToken cancellationToken)
    {
        for (var level = 0; size >> (TilePath.Height * level) > 0 && level < TilePath.Height; level++)
        {
            for (var index = TilePath.FullTiles(before, level); index < TilePath.FullTiles(size, level); index++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                WriteFull(TilePath.Hashes(archived, level, index), Hashes(level, index, TilePath.Width));
            }

            if (TilePath.PartialWidth(size, level) is > 0 and var width)
            {
                var index = TilePath.FullTiles(size, level);
                WritePartial(TilePath.Hashes(archived, level, index), width, Hashes(level, index, width));
            }
        }

        for (var bundle = Math.Max(before, first) / TilePath.Width; bundle < TilePath.FullTiles(size, 0); bundle++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Entries(bundle, TilePath.Width) is { } entries)
            {
                WriteFull(TilePath.Entries(archived, bundle), entries);
            }
        }

        if (TilePath.PartialWidth(size, 0) is > 0 and var rest && Entries(size / TilePath.Width, rest) is { } last)
        {
            WritePartial(TilePath.Entries(archived, size / TilePath.Width), rest, last);
        }
    }

    private byte[] Hashes(int level, long index, int width)
    {
        var bytes = new byte[width * Sha256Digest.Length];
        var tile = _tiles.Read(level, index);
        for (var i = 0; i < width; i++)
        {
            tile[i].CopyTo(bytes.AsSpan(i * Sha256Digest.Length));
        }

        return bytes;
    }

    /// <summary>Null where there can be none, since a record is too long for it; also where the bundle begins before what is left of the
    /// log.</summary>
    private byte[]? Entries(long bundle, int width)
    {
        if (FoundTile.Read(TilePath.Entries(folder, bundle), width) is var (_, bytes))
        {
            return EntryBundle.TryFind(bytes, width - 1, out var offset, out var length)
                ? bytes[..(offset + length)]
                : throw new IOException($"The bundle {bundle} in '{folder}' doesn't have {width} records: verify the journal.");
        }

        // A later record may be the one that is too long.
        var entries = new EntryBundle();
        for (var index = bundle * TilePath.Width; width < TilePath.Width && index < (bundle * TilePath.Width) + width; index++)
        {
            if (entries.IsWhole && RecordReader.Find(folder, index, head.Size) is { } record)
            {
                entries.Add(record);
            }
            else
            {
                return null;
            }
        }

        return width < TilePath.Width && entries.IsWhole ? entries.Bytes.ToArray() : null;
    }

    private void WriteFull(string path, byte[] content)
    {
        files.Put(path, content);
        var partials = TilePath.Partials(path);
        if (Directory.Exists(partials))
        {
            Remove(() => Directory.Delete(partials, recursive: true));
        }
    }

    private void WritePartial(string full, int width, byte[] content)
    {
        var path = TilePath.Partial(full, width);
        files.Put(path, content);
        foreach (var outdated in Directory.GetFiles(TilePath.Partials(full)).Where(file => file != path))
        {
            Remove(() => File.Delete(outdated));
        }
    }

    /// <summary>An archive may let nothing be removed. What is outdated there disturbs nobody.</summary>
    private static void Remove(Action remove)
    {
        try
        {
            remove();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { }
    }
}
