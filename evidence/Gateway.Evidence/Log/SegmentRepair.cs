using Microsoft.Win32.SafeHandles;

namespace Gateway.Evidence.Log;

/// <summary>Mends the file that a log is writing after an error of the disk.</summary>
internal static class SegmentRepair
{
    private const int CopyLength = 1 << 20;

    /// <summary>
    /// Finds a segment's file again, makes sure that it still ends in what was acknowledged, cuts what wasn't, and writes again what was
    /// never synced. Gives it open, and all of it on the disk.
    /// </summary>
    /// <param name="leaf">The leaf hash of the last record.</param>
    /// <param name="synced">Where what has been on the disk ends.</param>
    /// <exception cref="IOException">The disk isn't back, or the file is another.</exception>
    public static SafeFileHandle Reopen(Segment segment, ReadOnlySpan<byte> leaf, long synced, Disk disk)
    {
        var found = File.OpenHandle(segment.Path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        try
        {
            SegmentTail.Demand(segment, found, leaf);
            Cut(found, segment.Position);
            WriteAgain(segment, found, synced, disk);
            disk.Flush(found);
            return found;
        }
        catch
        {
            found.Dispose();
            throw;
        }
    }

    public static void Cut(SafeFileHandle file, long position)
    {
        if (RandomAccess.GetLength(file) > position)
        {
            RandomAccess.SetLength(file, position);
        }
    }

    private static void WriteAgain(Segment segment, SafeFileHandle file, long synced, Disk disk)
    {
        for (var at = synced; at < segment.Position; at += CopyLength)
        {
            disk.Write(file, SegmentTail.Read(segment, file, at, (int)Math.Min(CopyLength, segment.Position - at)), at);
        }
    }
}
