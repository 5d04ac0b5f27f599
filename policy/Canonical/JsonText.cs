using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Gateway.Policy.Canonical;

/// <summary>Strings as canonical JSON writes them: only what must be escaped is, in its one form (RFC 8785 section 3.2.2.2).</summary>
internal static class JsonText
{
    /// <summary>The bytes that can't stand in a string as they are: control characters, the quote and the backslash.</summary>
    public static readonly SearchValues<byte> Special = SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(i => (byte)i), (byte)'"', (byte)'\\']);

    private const int LongestEscape = 6;

    /// <summary>Writes a quoted string of valid UTF-8.</summary>
    public static void Write(IBufferWriter<byte> output, ReadOnlySpan<byte> utf8)
    {
        if (utf8.IndexOfAny(Special) < 0)
        {
            var all = output.GetSpan(utf8.Length + 2);
            all[0] = (byte)'"';
            utf8.CopyTo(all[1..]);
            all[utf8.Length + 1] = (byte)'"';
            output.Advance(utf8.Length + 2);
            return;
        }

        var span = output.GetSpan((utf8.Length * LongestEscape) + 2);
        output.Advance(WriteEscaped(utf8, span));
    }

    /// <summary>Writes a quoted string of UTF-16.</summary>
    /// <exception cref="ArgumentException">The text has a surrogate without its other half, which no JSON text can carry.</exception>
    public static void Write(IBufferWriter<byte> output, ReadOnlySpan<char> text)
    {
        var span = output.GetSpan((text.Length * 3) + 2);
        if (Utf8.FromUtf16(text, span[1..], out _, out var written, replaceInvalidSequences: false) != OperationStatus.Done)
        {
            throw new ArgumentException("The text has half a surrogate pair, so it can't be written as JSON.", nameof(text));
        }

        if (span.Slice(1, written).IndexOfAny(Special) < 0)
        {
            span[0] = (byte)'"';
            span[written + 1] = (byte)'"';
            output.Advance(written + 2);
            return;
        }

        // Rare: the text is turned again into a buffer of its own, because escaping can't be done in place.
        Write(output, Encoding.UTF8.GetBytes(text.ToArray()));
    }

    private static int WriteEscaped(ReadOnlySpan<byte> utf8, Span<byte> destination)
    {
        var length = 0;
        destination[length++] = (byte)'"';
        foreach (var b in utf8)
        {
            if (b >= 0x20 && b is not ((byte)'"' or (byte)'\\'))
            {
                destination[length++] = b;
                continue;
            }

            length += Escape(b, destination[length..]);
        }

        destination[length++] = (byte)'"';
        return length;
    }

    private static int Escape(byte b, Span<byte> destination)
    {
        destination[0] = (byte)'\\';
        destination[1] = ShortEscape(b);
        if (destination[1] != 0)
        {
            return 2;
        }

        "u00"u8.CopyTo(destination[1..]);
        destination[4] = (byte)(b < 0x10 ? '0' : '1');
        destination[5] = "0123456789abcdef"u8[b & 0xF];
        return LongestEscape;
    }

    /// <summary>The letter behind the backslash; 0 where there is none and the character is written as a number.</summary>
    public static byte ShortEscape(byte b) => b switch
    {
        (byte)'"' or (byte)'\\' => b,
        (byte)'\b' => (byte)'b',
        (byte)'\t' => (byte)'t',
        (byte)'\n' => (byte)'n',
        (byte)'\f' => (byte)'f',
        (byte)'\r' => (byte)'r',
        _ => 0,
    };
}
