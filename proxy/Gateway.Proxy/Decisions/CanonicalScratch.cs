using System.Buffers;
using Gateway.Policy.Canonical;

namespace Gateway.Proxy.Decisions;

/// <summary>
/// One canonical writer and its bytes for each thread: for what is digested or copied at once. Never across an <c>await</c>, nor two at a
/// time.
/// </summary>
internal static class CanonicalScratch
{
    [ThreadStatic]
    private static (ArrayBufferWriter<byte> Bytes, CanonicalJsonWriter Json) _mine;

    /// <summary>Empties the bytes; whatever was written before is gone.</summary>
    public static (ArrayBufferWriter<byte> Bytes, CanonicalJsonWriter Json) Begin()
    {
        if (_mine.Bytes is null)
        {
            var bytes = new ArrayBufferWriter<byte>(1024);
            _mine = (bytes, new CanonicalJsonWriter(bytes));
        }

        _mine.Bytes.ResetWrittenCount();
        _mine.Json.Reset(_mine.Bytes);
        return _mine;
    }
}
