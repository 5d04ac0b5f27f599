using System.Buffers;
using System.Text;
using Gateway.Proxy.FrontDoor;

namespace Gateway.Proxy.Responses;

/// <summary>
/// A server-sent event with other data or another id: its other fields stay as they came, and in their order (WHATWG HTML, section 9.2.5).
/// </summary>
internal static class ReplacedEvent
{
    /// <param name="raw">The event with the empty line that ends it.</param>
    /// <param name="data">Any text, each of whose lines becomes a field; null for what the event has.</param>
    public static void Write(ReadOnlySpan<byte> raw, ReadOnlyMemory<byte>? data, AnswerMessages messages, IBufferWriter<byte> output)
    {
        var isWritten = false;
        while (!raw.IsEmpty)
        {
            var end = raw.IndexOfAny((byte)'\n', (byte)'\r');
            var length = end < 0 ? raw.Length : end + (raw[end..].StartsWith("\r\n"u8) ? 2 : 1);
            var line = raw[..(end < 0 ? raw.Length : end)];
            if (Is(line, "id"u8) && messages.EventIdOf(ValueOf(line)) is { } id)
            {
                output.Write("id: "u8);
                output.Write(Encoding.ASCII.GetBytes(id));
                output.Write("\n"u8);
            }
            else if (data is null || !Is(line, "data"u8))
            {
                output.Write(raw[..length]);
            }
            else if (!isWritten)
            {
                WriteData(data.Value.Span, output);
                isWritten = true;
            }

            raw = raw[length..];
        }
    }

    private static bool Is(ReadOnlySpan<byte> line, ReadOnlySpan<byte> field) =>
        line.StartsWith(field) && (line.Length == field.Length || line[field.Length] == (byte)':');

    private static ReadOnlySpan<byte> ValueOf(ReadOnlySpan<byte> line)
    {
        var value = line[(line.IndexOf((byte)':') + 1)..];
        return value.StartsWith(" "u8) ? value[1..] : value;
    }

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
