using System.Buffers;

namespace Gateway.Connectors.Redaction;

/// <summary>
/// Takes one level of escapes out of text: JSON's and most languages' (<c>\u002B</c>, <c>\x2b</c>, <c>\/</c>), URLs' (<c>%2B</c>) and
/// HTML's (<c>&amp;#43;</c>, <c>&amp;plus;</c>), whichever stands where. What is none stays as it is. In time linear in the length.
/// </summary>
public static class EscapedText
{
    /// <summary>
    /// Of control characters one after another so many are left out: text is wrapped by few, and files are filled with many.
    /// </summary>
    private const int MostDropped = 64;

    private static readonly SearchValues<byte> Escapes = SearchValues.Create("\\%&"u8);
    private static readonly SearchValues<byte> EscapesAndControls = SearchValues.Create([
        .. "\\%&"u8,
        .. Enumerable.Range(0, 0x20).Select(b => (byte)b),
        0x7F,
    ]);

    /// <summary>Whether decoding could change it.</summary>
    /// <param name="drop">Whether control characters are left out too.</param>
    public static bool MayBeIn(ReadOnlySpan<byte> text, bool drop) => text.ContainsAny(drop ? EscapesAndControls : Escapes);

    /// <summary>Decodes in place.</summary>
    /// <param name="origins">For each byte where it comes from, moved along; empty where nobody asks.</param>
    /// <param name="drop">Whether control characters are left out: those that wrap encoded text, and every second byte of UTF-16.</param>
    /// <param name="end">Where the last byte ends, for what is cut off of an open text.</param>
    /// <param name="isOpen">Whether more may follow: then what could be half an escape is cut off.</param>
    /// <returns>The new length. The same length is the same text.</returns>
    public static int Decode(Span<byte> text, Span<int> origins, bool drop, bool isOpen, ref int end)
    {
        var (starts, written, dropped) = (drop ? EscapesAndControls : Escapes, 0, 0);
        Span<byte> decoded = stackalloc byte[4];
        for (var at = 0; at < text.Length; )
        {
            var run = text[at..].IndexOfAny(starts);
            run = run < 0 ? text.Length - at : run;
            if (run > 0)
            {
                Move(text, origins, at, run, written);
                (at, written, dropped) = (at + run, written + run, 0);
                continue;
            }

            var escape = EscapeReader.Read(text[at..], decoded, out var length);
            if (escape == EscapeReader.Unfinished && isOpen)
            {
                end = origins.IsEmpty ? end : origins[at];
                return written;
            }

            if (escape <= 0)
            {
                (decoded[0], length, escape) = (text[at], 1, 1);
            }

            var isDropped = drop && length == 1 && IsControl(decoded[0]) && dropped++ < MostDropped;
            if (!isDropped)
            {
                dropped = drop && length == 1 && IsControl(decoded[0]) ? dropped : 0;
                Put(text, origins, at, decoded[..length], written);
                written += length;
            }

            at += escape;
        }

        return written;
    }

    private static bool IsControl(byte value) => value is < 0x20 or 0x7F;

    internal static void Move(Span<byte> text, Span<int> origins, int from, int length, int to)
    {
        if (from == to)
        {
            return;
        }

        text.Slice(from, length).CopyTo(text[to..]);
        if (!origins.IsEmpty)
        {
            origins.Slice(from, length).CopyTo(origins[to..]);
        }
    }

    private static void Put(Span<byte> text, Span<int> origins, int from, ReadOnlySpan<byte> decoded, int to)
    {
        var origin = origins.IsEmpty ? 0 : origins[from];
        decoded.CopyTo(text[to..]);
        if (!origins.IsEmpty)
        {
            origins.Slice(to, decoded.Length).Fill(origin);
        }
    }
}
