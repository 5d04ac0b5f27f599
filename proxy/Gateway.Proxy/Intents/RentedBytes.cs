using System.Buffers;

namespace Gateway.Proxy.Intents;

/// <summary>A buffer of the shared pool that is filled while its length isn't known.</summary>
internal static class RentedBytes
{
    /// <summary>One of twice the length with the same bytes at its start. The one that was given goes back to the pool.</summary>
    public static byte[] Grow(byte[] buffer)
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }
}
