using System.Buffers.Text;

namespace Gateway.Connectors.Mcp.Messages;

/// <summary>
/// Ids and progress tokens: a string, or an integer that a double holds exactly. A fraction, an exponent, a minus before zero and a larger
/// number are several texts to one reader and several numbers to another, and whoever holds answers against requests must not have either.
/// An empty string is nothing to readers that ask whether there is one.
/// </summary>
internal static class TokenText
{
    /// <value>The longest string, in bytes as it stands and without its quotes: an id comes back in every answer and is kept
    /// meanwhile.</value>
    public const int Longest = 256;

    private const long Largest = (1L << 53) - 1; // The safe integers of the specification's own language.

    public static bool IsToken(ReadOnlySpan<byte> value) => IsText(value) || IsInteger(value);

    public static bool IsText(ReadOnlySpan<byte> value) => value.Length is > 2 and <= Longest + 2 && value[0] == (byte)'"';

    public static bool IsInteger(ReadOnlySpan<byte> value) =>
        !value.SequenceEqual("-0"u8)
        && Utf8Parser.TryParse(value, out long number, out var read)
        && read == value.Length
        && number is >= -Largest and <= Largest;
}
