using System.Buffers;
using System.Text.Unicode;

namespace Gateway.Policy.Canonical;

/// <summary>Strings as canonical JSON writes them: only what must be escaped is, in its one form (RFC 8785 section 3.2.2.2).</summary>
internal static class JsonText
{
    /// <summary>The bytes that can't stand in a string as they are: control characters, the quote and the backslash.</summary>
    public static readonly SearchValues<byte> Special = SearchValues.Create([
        .. Enumerable.Range(0, 0x20).Select(i => (byte)i),
        (byte)'"',
        (byte)'\\',
    ]);

    /// <value>Bytes that a quoted string takes at most for each UTF-16 unit, beside its quotes.</value>
    public const int MostPerChar = 3;

    private const int LongestEscape = 6;

    // Also without what isn't ASCII, so that one look tells both that bytes are UTF-8 and that nothing in them must be escaped.
    private static readonly SearchValues<byte> Plain = SearchValues.Create([
        .. Enumerable.Range(0x20, 0x60).Select(i => (byte)i).Where(b => b is not ((byte)'"' or (byte)'\\')),
    ]);

    /// <summary>Whether the bytes are ASCII and stand in a string as they are. That of nearly all text is true.</summary>
    public static bool IsPlain(ReadOnlySpan<byte> utf8) => utf8.IndexOfAnyExcept(Plain) < 0;

    /// <summary>Writes a quoted string of valid UTF-8.</summary>
    public static void Write(IBufferWriter<byte> output, ReadOnlySpan<byte> utf8)
    {
        if (utf8.IndexOfAny(Special) < 0)
        {
            output.Advance(Quote(utf8, output.GetSpan(utf8.Length + 2)));
            return;
        }

        var span = output.GetSpan((utf8.Length * LongestEscape) + 2);
        output.Advance(WriteEscaped(utf8, span));
    }

    /// <summary>Writes quotes round text in which nothing must be escaped. Returns the length.</summary>
    public static int Quote(ReadOnlySpan<byte> utf8, Span<byte> destination)
    {
        destination[0] = (byte)'"';
        utf8.CopyTo(destination[1..]);
        destination[utf8.Length + 1] = (byte)'"';
        return utf8.Length + 2;
    }

    /// <summary>
    /// Writes a quoted string of UTF-16 in which nothing must be escaped; false, whatever is in the destination, where something must.
    /// </summary>
    /// <param name="destination">At least <see cref="MostPerChar"/> bytes a unit, and two.</param>
    /// <exception cref="ArgumentException">The text has a surrogate without its other half, which no JSON text can carry.</exception>
    public static bool TryQuote(ReadOnlySpan<char> text, Span<byte> destination, out int length)
    {
        if (Utf8.FromUtf16(text, destination[1..], out _, out var written, replaceInvalidSequences: false) != OperationStatus.Done)
        {
            throw new ArgumentException("The text has half a surrogate pair, so it can't be written as JSON.", nameof(text));
        }

        destination[0] = (byte)'"';
        destination[written + 1] = (byte)'"';
        length = written + 2;
        return destination.Slice(1, written).IndexOfAny(Special) < 0;
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
    public static byte ShortEscape(byte b) =>
        b switch
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
