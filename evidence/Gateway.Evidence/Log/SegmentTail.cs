using System.Security.Cryptography;
using Gateway.Evidence.Log.Files;
using Microsoft.Win32.SafeHandles;

namespace Gateway.Evidence.Log;

/// <summary>The end of the file that a log is writing, as far as it was acknowledged.</summary>
internal static class SegmentTail
{
    /// <exception cref="IOException">The file ends in something else.</exception>
    public static void Demand(Segment segment, SafeFileHandle file, ReadOnlySpan<byte> leaf)
    {
        if (RandomAccess.GetLength(file) < segment.Position)
        {
            throw new IOException($"The segment '{segment.Path}' is shorter than what was acknowledged. Put the right file back.");
        }

        var start = segment.LastFrame + Frame.LeafOffset;
        if (segment.LastFrame > 0 && !leaf.SequenceEqual(SHA256.HashData(Read(segment, file, start, (int)(segment.Position - start)))))
        {
            throw new IOException(
                $"The segment '{segment.Path}' doesn't end in the last record that was acknowledged. Put the right file back."
            );
        }
    }

    public static byte[] Read(Segment segment, SafeFileHandle file, long offset, int count)
    {
        var bytes = new byte[count];
        var length = 0;
        while (length < count)
        {
            var read = RandomAccess.Read(file, bytes.AsSpan(length), offset + length);
            length += read > 0 ? read : throw new IOException($"The segment '{segment.Path}' ended early.");
        }

        return bytes;
    }
}
