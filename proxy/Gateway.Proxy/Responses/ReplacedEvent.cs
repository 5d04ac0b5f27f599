using System.Buffers;
using System.Text;
using Gateway.Policy.Model;
using Gateway.Proxy.FrontDoor;

namespace Gateway.Proxy.Responses;

/// <summary>
/// A server-sent event as it goes on where messages are read: its data, its type, how long to wait before coming again, and its id (WHATWG
/// HTML, section 9.2.5), in their order. Nothing else of it does: what a comment or an unknown field says nobody has looked at.
/// </summary>
internal static class ReplacedEvent
{
    private static ReadOnlySpan<byte> ByteOrderMark => "\uFEFF"u8;

    /// <param name="raw">The event with the empty line that ends it; of comments a mark is left that keeps the connection awake.</param>
    /// <param name="data">Any text, each of whose lines becomes a field; null for what the event has.</param>
    public static void Write(ReadOnlySpan<byte> raw, ReadOnlyMemory<byte>? data, AnswerMessages messages, IBufferWriter<byte> output)
    {
        raw = raw.StartsWith(ByteOrderMark) ? raw[ByteOrderMark.Length..] : raw;
        var (isWritten, isAny) = (false, false);
        while (!raw.IsEmpty)
        {
            var end = raw.IndexOfAny((byte)'\n', (byte)'\r');
            var length = end < 0 ? raw.Length : end + (raw[end..].StartsWith("\r\n"u8) ? 2 : 1);
            var line = raw[..(end < 0 ? raw.Length : end)];
            if (Is(line, "data"u8))
            {
                isWritten = isWritten || WriteData(data, raw[..length], output);
                isAny = true;
            }
            else if (Is(line, "id"u8))
            {
                isAny |= WriteId(messages, line, raw[..length], output);
            }
            else if (Is(line, "event"u8) || (Is(line, "retry"u8) && ValueOf(line).IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0))
            {
                output.Write(raw[..length]);
                isAny = true;
            }

            raw = raw[length..];
        }

        if (data is not null && !isWritten)
        {
            throw new AnswerException(ReasonCode.UpstreamFailed); // What was read stands elsewhere than where it would be replaced.
        }

        output.Write(isAny ? "\n"u8 : ":\n\n"u8);
    }

    /// <returns>Whether the other lines of data are told by that.</returns>
    private static bool WriteData(ReadOnlyMemory<byte>? data, ReadOnlySpan<byte> line, IBufferWriter<byte> output)
    {
        if (data is null)
        {
            output.Write(line);
            return false;
        }

        for (var rest = data.Value.Span; ; )
        {
            var end = rest.IndexOfAny((byte)'\n', (byte)'\r');
            output.Write("data: "u8);
            output.Write(end < 0 ? rest : rest[..end]);
            output.Write("\n"u8);
            if (end < 0)
            {
                return true;
            }

            rest = rest[(end + (rest[end..].StartsWith("\r\n"u8) ? 2 : 1))..];
        }
    }

    private static bool WriteId(AnswerMessages messages, ReadOnlySpan<byte> line, ReadOnlySpan<byte> whole, IBufferWriter<byte> output)
    {
        var told = messages.EventIdOf(ValueOf(line));
        if (told is null)
        {
            output.Write(whole);
        }
        else if (told.Length > 0)
        {
            output.Write("id: "u8);
            output.Write(Encoding.ASCII.GetBytes(told));
            output.Write("\n"u8);
        }

        return told is not "";
    }

    private static bool Is(ReadOnlySpan<byte> line, ReadOnlySpan<byte> field) =>
        line.StartsWith(field) && (line.Length == field.Length || line[field.Length] == (byte)':');

    private static ReadOnlySpan<byte> ValueOf(ReadOnlySpan<byte> line)
    {
        var value = line[(line.IndexOf((byte)':') + 1)..];
        return value.StartsWith(" "u8) ? value[1..] : value;
    }
}
