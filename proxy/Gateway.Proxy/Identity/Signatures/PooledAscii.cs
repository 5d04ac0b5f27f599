using System.Buffers;
using System.Text;

namespace Gateway.Proxy.Identity.Signatures;

/// <summary>Printable ASCII in a pooled buffer. Dispose gives the buffer back, wiped; not for use by two threads.</summary>
internal ref struct PooledAscii : IDisposable
{
    /// <value>64 KiB, in bytes: twice what the server accepts as a request's headers.</value>
    public const int MaxLength = 64 * 1024;

    private const int FirstLength = 2048;

    // A set and not a range: the library's search by range allocates until it has run often enough to be optimised.
    private static readonly SearchValues<char> Printable = SearchValues.Create([
        .. Enumerable.Range(' ', '~' - ' ' + 1).Select(c => (char)c),
    ]);

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(FirstLength);
    private int _length;

    public PooledAscii() { }

    public readonly ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _length);

    /// <summary>
    /// False, and nothing written, for a character outside space to tilde and for a text that doesn't fit. A line break in a value would
    /// let it pretend to be another component.
    /// </summary>
    public bool TryAppend(scoped ReadOnlySpan<char> text)
    {
        if (text.ContainsAnyExcept(Printable) || !TryReserve(text.Length))
        {
            return false;
        }

        Ascii.FromUtf16(text, _buffer.AsSpan(_length), out var written);
        _length += written;
        return true;
    }

    /// <summary>The same for what is known to be printable ASCII.</summary>
    public bool TryAppend(scoped ReadOnlySpan<byte> printable)
    {
        if (!TryReserve(printable.Length))
        {
            return false;
        }

        printable.CopyTo(_buffer.AsSpan(_length));
        _length += printable.Length;
        return true;
    }

    /// <summary>Ends a line of the base.</summary>
    public bool TryAppendLineFeed()
    {
        if (!TryReserve(1))
        {
            return false;
        }

        _buffer[_length++] = (byte)'\n';
        return true;
    }

    public void Dispose()
    {
        _buffer.AsSpan(0, _length).Clear();
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        _length = 0;
    }

    private bool TryReserve(int more)
    {
        var needed = _length + more;
        if (needed <= _buffer.Length)
        {
            return true;
        }

        if (needed > MaxLength)
        {
            return false;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Min(MaxLength, Math.Max(needed, _buffer.Length * 2)));
        Written.CopyTo(larger);
        _buffer.AsSpan(0, _length).Clear();
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
        return true;
    }
}
