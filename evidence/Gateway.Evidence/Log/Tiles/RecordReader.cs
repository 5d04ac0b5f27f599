using Gateway.Evidence.Log.Files;

namespace Gateway.Evidence.Log.Tiles;

/// <summary>Finds one record of a log: in its bundle, or where that has none, in its segment.</summary>
internal static class RecordReader
{
    /// <summary>The record's bytes; null where it was removed. Not checked: whoever uses it holds it against its hash.</summary>
    /// <param name="size">Records of the log's checkpoint; more than the index.</param>
    /// <exception cref="IOException">A file can't be read.</exception>
    public static byte[]? Find(string folder, long index, long size)
    {
        var bundle = index / TilePath.Width;
        var width = bundle < TilePath.FullTiles(size, 0) ? TilePath.Width : TilePath.PartialWidth(size, 0);
        return
            FoundTile.Read(TilePath.Entries(folder, bundle), width) is var (_, bytes)
            && EntryBundle.TryFind(bytes, (int)(index % TilePath.Width), out var offset, out var length)
            ? bytes[offset..(offset + length)]
            : FindInSegment(folder, index);
    }

    private static byte[]? FindInSegment(string folder, long index)
    {
        var file = SegmentName.List(folder).LastOrDefault(path => SegmentName.TryParse(path, out var first) && first <= index);
        if (file is null)
        {
            return null;
        }

        SegmentName.TryParse(file, out var at);
        using var reader = new SegmentReader(file);
        for (
            var offset = (long)SegmentHeader.Length;
            reader.TryRead(offset, Frame.HeaderLength, out var header) && Frame.TryReadLength(header, out var length);
            at++
        )
        {
            if (at == index)
            {
                return reader.TryRead(offset + Frame.HeaderLength, length, out var record) ? record.ToArray() : null;
            }

            offset += Frame.HeaderLength + length;
        }

        return null;
    }
}
