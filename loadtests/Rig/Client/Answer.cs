using System.Buffers.Text;

namespace Gateway.LoadTests.Client;

/// <summary>What came back. Only valid until the connection is used again.</summary>
public readonly ref struct Answer(int status, int bodyStart, ReadOnlySpan<byte> bytes)
{
    public int Status { get; } = status;

    public ReadOnlySpan<byte> Head { get; } = bytes[..bodyStart];

    /// <summary>As it came, chunk sizes among it.</summary>
    public ReadOnlySpan<byte> Body { get; } = bytes[bodyStart..];
}

/// <summary>The one thing about an answer's head that must be known to read on (RFC 9112, section 6.3).</summary>
internal static class AnswerHead
{
    /// <returns>The body's length in bytes; null when it comes in chunks.</returns>
    /// <exception cref="InvalidDataException">It says neither: the answer would only end with its connection.</exception>
    public static int? LengthOf(ReadOnlySpan<byte> head)
    {
        while (true)
        {
            var line = head.IndexOf("\r\n"u8);
            if (line <= 0)
            {
                throw new InvalidDataException("The answer has neither a length nor chunks.");
            }

            var field = head[..line];
            if (
                Is(field, "content-length:"u8)
                && Utf8Parser.TryParse(field["content-length:".Length..].TrimStart((byte)' '), out int length, out _)
            )
            {
                return length;
            }

            if (Is(field, "transfer-encoding:"u8))
            {
                return null;
            }

            head = head[(line + 2)..];
        }
    }

    private static bool Is(ReadOnlySpan<byte> field, ReadOnlySpan<byte> name) =>
        field.Length > name.Length && System.Text.Ascii.EqualsIgnoreCase(field[..name.Length], name);
}
