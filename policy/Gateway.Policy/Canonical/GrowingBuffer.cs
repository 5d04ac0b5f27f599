using System.Buffers;

namespace Gateway.Policy.Canonical;

/// <summary>
/// A pooled buffer that grows and whose end can be taken back; nothing is rented before something is written. Dispose gives the memory
/// back. Not thread-safe.
/// </summary>
public sealed class GrowingBuffer : IBufferWriter<byte>, IDisposable
{
    private const int FirstSize = 1024;

    private byte[] _bytes = [];

    public int Length { get; private set; }

    /// <summary>Lies in the buffer: not to be read once more is written, or the buffer is disposed of.</summary>
    public Span<byte> Written => _bytes.AsSpan(0, Length);

    /// <inheritdoc cref="Written"/>
    public ReadOnlyMemory<byte> WrittenMemory => _bytes.AsMemory(0, Length);

    public void Advance(int count) => Length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(Math.Max(1, sizeHint));
        return _bytes.AsMemory(Length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(Math.Max(1, sizeHint));
        return _bytes.AsSpan(Length);
    }

    public void Truncate(int length) => Length = length;

    public void Dispose()
    {
        Return();
        _bytes = [];
        Length = 0;
    }

    private void Reserve(int size)
    {
        if (_bytes.Length - Length >= size)
        {
            return;
        }

        var grown = ArrayPool<byte>.Shared.Rent(Math.Max(Math.Max(Length + size, _bytes.Length * 2), FirstSize));
        Written.CopyTo(grown);
        Return();
        _bytes = grown;
    }

    private void Return()
    {
        if (_bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
        }
    }
}
