using System.Buffers;

namespace Gateway.Proxy.Responses;

/// <summary>A server-sent event with other data: its other fields stay as they came, and in their order (WHATWG HTML, section 9.2.5).
/// </summary>
internal static class ReplacedEvent
{
    /// <param name="raw">The event with the empty line that ends it.</param>
    /// <param name="data">Any text; each of its lines becomes a field.</param>
    public static void Write(ReadOnlySpan<byte> raw, ReadOnlySpan<byte> data, IBufferWriter<byte> output)
    {
        var isWritten = false;
        while (!raw.IsEmpty)
        {
            var end = raw.IndexOfAny((byte)'\n', (byte)'\r');
            var length = end < 0 ? raw.Length : end + (raw[end..].StartsWith("\r\n"u8) ? 2 : 1);
            var line = raw[..(end < 0 ? raw.Length : end)];
            if (!IsData(line))
            {
                output.Write(raw[..length]);
            }
            else if (!isWritten)
            {
                WriteData(data, output);
                isWritten = true;
            }

            raw = raw[length..];
        }
    }

    private static bool IsData(ReadOnlySpan<byte> line) => line.StartsWith("data"u8) && (line.Length == 4 || line[4] == (byte)':');

    private static void WriteData(ReadOnlySpan<byte> data, IBufferWriter<byte> output)
    {
        while (true)
        {
            var end = data.IndexOfAny((byte)'\n', (byte)'\r');
            output.Write("data: "u8);
            output.Write(end < 0 ? data : data[..end]);
            output.Write("\n"u8);
            if (end < 0)
            {
                return;
            }

            data = data[(end + (data[end..].StartsWith("\r\n"u8) ? 2 : 1))..];
        }
    }
}
