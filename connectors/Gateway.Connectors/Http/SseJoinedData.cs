using System.Buffers;

namespace Gateway.Connectors.Http;

/// <summary>The <c>data</c> fields of one block, joined in pooled memory. Not thread-safe; valid until the next block's are.</summary>
internal sealed class SseJoinedData : IDisposable
{
    private byte[] _joined = [];

    // The joined lines are never longer than the block, so one piece of memory of its length holds them all.
    public ReadOnlySpan<byte> Join(ReadOnlySpan<byte> before, ReadOnlySpan<byte> line, int most)
    {
        if (_joined.Length < most)
        {
            var larger = ArrayPool<byte>.Shared.Rent(most);
            before.CopyTo(larger);
            Dispose();
            _joined = larger;
        }
        else if (!before.Overlaps(_joined))
        {
            before.CopyTo(_joined);
        }

        _joined[before.Length] = (byte)'\n';
        line.CopyTo(_joined.AsSpan(before.Length + 1));
        return _joined.AsSpan(0, before.Length + 1 + line.Length);
    }

    public void Dispose()
    {
        if (_joined.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_joined);
            _joined = [];
        }
    }
}
