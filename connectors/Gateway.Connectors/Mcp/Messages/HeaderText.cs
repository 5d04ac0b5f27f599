using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Unicode;

namespace Gateway.Connectors.Mcp.Messages;

/// <summary>
/// Values of mirrored headers: as they are where a header can carry them, else <c>=?base64?…?=</c> round their UTF-8 (2026-07-28,
/// streamable-http, "Value Encoding"). Decoding is strict: only what one text encodes to is that text.
/// </summary>
internal static class HeaderText
{
    private const string Prefix = "=?base64?";
    private const string Suffix = "?=";

    private static readonly SearchValues<char> Carried = SearchValues.Create([
        .. Enumerable.Range(' ', '~' - ' ' + 1).Select(c => (char)c),
        '\t',
    ]);

    private static readonly SearchValues<byte> Alphabet = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="u8
    );

    /// <summary>Whether a header says the same as a string of the body, letter by letter and never encoded.</summary>
    public static bool Equals(string header, McpSlice text, ReadOnlySpan<byte> body)
    {
        if (header.AsSpan().ContainsAnyExcept(Carried))
        {
            return false;
        }

        Span<byte> small = stackalloc byte[256];
        var said = header.Length <= small.Length ? small[..header.Length] : new byte[header.Length];
        return Ascii.FromUtf16(header, said, out _) == OperationStatus.Done && text.TextEquals(body, said);
    }

    /// <summary>
    /// The text that a header carries, in UTF-8. False where it has characters that no header may have, or says that it is encoded and
    /// isn't, or isn't in the one form.
    /// </summary>
    /// <param name="destination">At least as long as the header.</param>
    public static bool TryDecode(ReadOnlySpan<char> header, Span<byte> destination, out int written)
    {
        header = header.Trim(" \t"); // What stands round a value isn't part of it (RFC 9110 section 5.5).
        if (header.ContainsAnyExcept(Carried) || Ascii.FromUtf16(header, destination, out written) != OperationStatus.Done)
        {
            written = 0;
            return false;
        }

        return !IsEncoded(header) || TryDecodeBase64(destination, ref written);
    }

    /// <summary>The value of the header that carries this text.</summary>
    public static string Encode(ReadOnlySpan<byte> utf8)
    {
        var text = Encoding.UTF8.GetString(utf8);
        return IsPlain(text) ? text : string.Concat(Prefix, Convert.ToBase64String(utf8), Suffix);
    }

    private static bool IsPlain(ReadOnlySpan<char> text) =>
        !text.IsEmpty && !IsEncoded(text) && text.Trim(" \t").Length == text.Length && !text.ContainsAnyExcept(Carried);

    // Prefix and suffix may share their question mark, so that no sender and receiver disagree over which of the two such a value is.
    private static bool IsEncoded(ReadOnlySpan<char> text) =>
        text.StartsWith(Prefix, StringComparison.Ordinal) && text.EndsWith(Suffix, StringComparison.Ordinal);

    private static bool TryDecodeBase64(Span<byte> text, ref int written)
    {
        var length = written - Prefix.Length - Suffix.Length;
        written = 0;
        if (length < 0)
        {
            return false;
        }

        var encoded = text.Slice(Prefix.Length, length);
        if (encoded.ContainsAnyExcept(Alphabet))
        {
            return false; // The base library passes over white space.
        }

        byte[]? rented = null;
        var copy = length <= 256 ? stackalloc byte[256] : rented = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            encoded.CopyTo(copy);
            copy = copy[..length];
            return Base64.DecodeFromUtf8(copy, text, out _, out written) == OperationStatus.Done
                && Utf8.IsValid(text[..written])
                && IsCanonical(copy, text[..written]);
        }
        finally
        {
            if (rented is not null)
            {
                ArrayPool<byte>.Shared.Return(rented);
            }
        }
    }

    // The bits that padding leaves over could say anything: only zero is the encoding of the text.
    private static bool IsCanonical(ReadOnlySpan<byte> encoded, ReadOnlySpan<byte> decoded)
    {
        var last = decoded.Length % 3;
        if (last == 0)
        {
            return true;
        }

        Span<byte> again = stackalloc byte[4];
        Base64.EncodeToUtf8(decoded[^last..], again, out _, out var length);
        return encoded[^4..].SequenceEqual(again[..length]);
    }
}
