using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace Gateway.Evidence.Log.Files;

/// <summary>Reads one segment from start to end through a pooled buffer. The segment may be growing. Not thread-safe.</summary>
internal sealed class SegmentReader : IDisposable
{
    /// <summary>Holds the longest frame, and enough of them that the calls don't count.</summary>
    private const int BufferLength = 2 << 20;

    /// <value>Bytes: the greatest that a segment may be set to, and more than a batch writes behind that.</value>
    public const long MaxLength = (1L << 30) + (16L << 20);

    private readonly SafeFileHandle _file;
    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
    private long _start;
    private int _filled;

    /// <param name="end">What lies behind it doesn't count.</param>
    /// <exception cref="IOException">The file can't be opened.</exception>
    public SegmentReader(string path, long end = long.MaxValue)
    {
        Path = path;
        _file = UnblockedOpen.Open(path);
        Length = Math.Min(end, RegularFile.LengthOf(_file, path));
    }

    public string Path { get; }

    /// <summary>When it was opened, or what counts of it.</summary>
    public long Length { get; }

    /// <summary>Bytes of the file, valid until the next call; false when it ends before them.</summary>
    public bool TryRead(long offset, int count, out ReadOnlySpan<byte> bytes)
    {
        if ((offset < _start || offset + count > _start + _filled) && !TryFill(offset, count))
        {
            bytes = default;
            return false;
        }

        bytes = _buffer.AsSpan((int)(offset - _start), count);
        return true;
    }

    /// <summary>
    /// Where the file ends if zeros at its end are left out. A record ends in a brace, so zeros there are space that a crashed file system
    /// gave and never filled.
    /// </summary>
    public long EndOfContent()
    {
        Span<byte> block = stackalloc byte[4096];
        var end = Length;
        while (end > 0)
        {
            var start = Math.Max(0, end - block.Length);
            var read = block[..RandomAccess.Read(_file, block[..(int)(end - start)], start)];
            var last = read.LastIndexOfAnyExcept((byte)0);
            if (last >= 0)
            {
                return start + last + 1;
            }

            end = start;
        }

        return 0;
    }

    public void Dispose()
    {
        _file.Dispose();
        ArrayPool<byte>.Shared.Return(_buffer);
    }

    private bool TryFill(long offset, int count)
    {
        (_start, _filled) = (offset, 0);
        var wanted = (int)Math.Min(_buffer.Length, Length - offset);
        while (_filled < wanted)
        {
            var read = RandomAccess.Read(_file, _buffer.AsSpan(_filled, wanted - _filled), offset + _filled);
            if (read == 0)
            {
                break;
            }

            _filled += read;
        }

        return _filled >= count;
    }
}
