using System.Text;

namespace Gateway.Proxy.FrontDoor;

/// <summary>
/// Reads the bytes of a <c>Content-Length</c>: digits, the first of them no zero unless it is the only one. The server's own reader takes
/// <c>+12</c> and <c>-0</c> for numbers, and others a leading zero for an octal one, so that a body would end in two places. An encoding,
/// since that is what the server lets be chosen: whatever is no length becomes a text that is no number.
/// </summary>
internal sealed class LengthText : Encoding
{
    private const string NoNumber = "x";

    private static readonly LengthText One = new();

    private LengthText() { }

    /// <summary>For the server: which encoding a header is in; null for its own.</summary>
    public static Encoding? Of(string header) => header.Equals("Content-Length", StringComparison.OrdinalIgnoreCase) ? One : null;

    public override int GetChars(ReadOnlySpan<byte> bytes, Span<char> chars)
    {
        if (IsLength(bytes) && Ascii.ToUtf16(bytes, chars, out var written) == System.Buffers.OperationStatus.Done)
        {
            return written;
        }

        NoNumber.CopyTo(chars);
        return NoNumber.Length;
    }

    public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex) =>
        GetChars(bytes.AsSpan(byteIndex, byteCount), chars.AsSpan(charIndex));

    public override int GetCharCount(byte[] bytes, int index, int count) => Math.Max(count, NoNumber.Length);

    public override int GetMaxCharCount(int byteCount) => Math.Max(byteCount, NoNumber.Length);

    public override int GetByteCount(char[] chars, int index, int count) => ASCII.GetByteCount(chars, index, count);

    public override int GetMaxByteCount(int charCount) => ASCII.GetMaxByteCount(charCount);

    public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex) =>
        ASCII.GetBytes(chars, charIndex, charCount, bytes, byteIndex);

    private static bool IsLength(ReadOnlySpan<byte> text) =>
        text.Length > 0 && text.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0 && (text[0] != '0' || text.Length == 1);
}
