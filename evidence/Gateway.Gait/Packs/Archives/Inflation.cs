using Org.BouncyCastle.Utilities.Zlib;

namespace Gateway.Gait.Packs.Archives;

/// <summary>
/// Decompresses a member of a pack that another program wrote (RFC 1951). The base library's stream neither says where the data ended nor
/// refuses data that ends early; this does both, and never gives more than it was told to.
/// </summary>
internal static class Inflation
{
    /// <summary>
    /// False unless the data is exactly one whole stream of exactly that size, with nothing behind it and no bit of its last byte used for
    /// anything else.
    /// </summary>
    public static bool TryInflate(ReadOnlySpan<byte> data, int size, out byte[] content)
    {
        // The decoder looks one byte ahead of the stream's end, and gives it back.
        byte[] packed = [.. data, 0];
        if (!TryRun(packed, size, out content))
        {
            return false;
        }

        // The bits behind the end of the stream say nothing. Were one set, clearing it would give the same again.
        var last = packed[^2];
        if (last == 0)
        {
            return true;
        }

        packed[^2] = (byte)(last & ~(1 << (7 - System.Numerics.BitOperations.LeadingZeroCount((uint)last << 24))));
        return !TryRun(packed, size, out var again) || !again.AsSpan().SequenceEqual(content);
    }

    private static bool TryRun(byte[] packed, int size, out byte[] content)
    {
        content = new byte[size + 1];
        try
        {
            var stream = new ZStream
            {
                next_in = packed,
                avail_in = packed.Length,
                next_out = content,
                avail_out = content.Length,
            };
            var ended = stream.inflateInit(true) == JZlib.Z_OK && stream.inflate(JZlib.Z_FINISH) == JZlib.Z_STREAM_END;
            var whole = ended && stream.avail_in == 1 && stream.total_out == size;
            stream.inflateEnd();
            content = whole ? content[..size] : [];
            return whole;
        }
        catch (Exception e) when (e is IndexOutOfRangeException or NullReferenceException or ArgumentException or InvalidOperationException)
        {
            // Broken data can throw inside the decoder: whatever it is, there is no content.
            content = [];
            return false;
        }
    }
}
