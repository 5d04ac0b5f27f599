using System.Buffers;

namespace Gateway.Connectors.Http;

/// <summary>
/// Cuts a byte stream into server-sent events (WHATWG HTML section 9.2.5), however it arrives in pieces: the same bytes give the same
/// events. Give it a piece with <see cref="Append"/>, take every event with <see cref="TryRead"/>, and say <see cref="Complete"/> at the
/// end of the stream. Not thread-safe. Dispose returns pooled memory.
/// </summary>
/// <remarks>
/// A CR at the very end of a piece may be half of a CRLF, so a block that ends with it waits for one byte more, or for the end. No server
/// in use ends lines with CR alone.
/// </remarks>
/// <param name="maxEventBytes">The longest event, as raw bytes. Default 1 MiB.</param>
public sealed class SseSplitter(int maxEventBytes = SseSplitter.DefaultMaxEventBytes) : IDisposable
{
    /// <value>1 MiB: larger than any event of a known provider but a picture's, and little enough to hold for every stream.</value>
    public const int DefaultMaxEventBytes = 1024 * 1024;

    private static ReadOnlySpan<byte> ByteOrderMark => "\uFEFF"u8;

    private readonly SseEventParser _parser = new();
    private byte[] _buffer = [];
    private int _start;
    private int _scanned;
    private int _end;
    private bool _lineIsEmpty = true;
    private bool _isFirst = true;
    private bool _isComplete;

    /// <summary>True once an event was too long. Nothing more is read: the answer must end as failed.</summary>
    public bool IsOverflowing { get; private set; }

    /// <summary>
    /// What lies behind the last complete event. At the end of a stream clients discard it, and so must whoever screens events.
    /// </summary>
    public ReadOnlySpan<byte> Unfinished => _buffer.AsSpan(_start.._end);

    /// <summary>Takes over a piece of the stream. Ends the validity of the last event.</summary>
    public void Append(ReadOnlySpan<byte> piece)
    {
        if (IsOverflowing)
        {
            return;
        }

        MakeRoom(piece.Length);
        piece.CopyTo(_buffer.AsSpan(_end));
        _end += piece.Length;
    }

    /// <summary>Says that nothing follows, which settles a CR at the end.</summary>
    public void Complete() => _isComplete = true;

    /// <summary>The next complete event; false when there is none yet, or at the end, or after an overflow.</summary>
    public bool TryRead(out SseEvent next)
    {
        next = default;
        if (IsOverflowing)
        {
            return false;
        }

        var length = FindEnd();
        if (length > maxEventBytes || (length == 0 && _end - _start > maxEventBytes))
        {
            IsOverflowing = true;
            return false;
        }

        if (length == 0)
        {
            return false;
        }

        var block = _buffer.AsSpan(_start, length);
        next = _parser.Parse(block, skip: _isFirst && block.StartsWith(ByteOrderMark) ? ByteOrderMark.Length : 0);
        _isFirst = false;
        _start += length;
        return true;
    }

    public void Dispose()
    {
        ReturnBuffer();
        _parser.Dispose();
        _start = _scanned = _end = 0;
    }

    // Goes on where the last search ended, so that a long event in many pieces is searched once.
    private int FindEnd()
    {
        while (_scanned < _end)
        {
            if (_isFirst && _scanned == _start && IsStillByteOrderMark())
            {
                return 0;
            }

            var found = _buffer.AsSpan(_scanned.._end).IndexOfAny((byte)'\n', (byte)'\r');
            if (found != 0)
            {
                _lineIsEmpty = false;
                _scanned = found < 0 ? _end : _scanned + found;
                continue;
            }

            var isCarriageReturn = _buffer[_scanned] == '\r';
            if (isCarriageReturn && _scanned + 1 == _end && !_isComplete)
            {
                return 0;
            }

            _scanned += isCarriageReturn && _scanned + 1 < _end && _buffer[_scanned + 1] == '\n' ? 2 : 1;
            if (_lineIsEmpty)
            {
                return _scanned - _start;
            }

            _lineIsEmpty = true;
        }

        return 0;
    }

    // A mark before the first line isn't part of it. True while too little has come to tell.
    private bool IsStillByteOrderMark()
    {
        var seen = _buffer.AsSpan(_start.._end);
        if (seen.StartsWith(ByteOrderMark))
        {
            _scanned += ByteOrderMark.Length;
            return _scanned == _end;
        }

        return !_isComplete && ByteOrderMark.StartsWith(seen);
    }

    private void MakeRoom(int length)
    {
        if (_buffer.Length - _end >= length)
        {
            return;
        }

        var kept = _end - _start;
        var target = _buffer;
        if (_buffer.Length - kept < length)
        {
            target = ArrayPool<byte>.Shared.Rent(Math.Max(4096, checked((kept + length) * 2)));
        }

        _buffer.AsSpan(_start, kept).CopyTo(target);
        if (!ReferenceEquals(target, _buffer))
        {
            ReturnBuffer();
            _buffer = target;
        }

        _scanned -= _start;
        _start = 0;
        _end = kept;
    }

    private void ReturnBuffer()
    {
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = [];
        }
    }
}
