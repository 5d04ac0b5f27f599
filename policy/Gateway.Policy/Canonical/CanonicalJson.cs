using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Gateway.Policy.Canonical;

/// <summary>
/// The one form of a JSON text in which equal values have equal bytes (RFC 8785), so that it can be digested and signed. Strict I-JSON (RFC
/// 7493): a text that two readers could take for two things is refused, not repaired.
/// </summary>
public static class CanonicalJson
{
    /// <value>2^53 - 1, the greatest integer that every reader of JSON holds exactly.</value>
    public const long MaxInteger = 9007199254740991;

    /// <value>Objects and arrays inside one another.</value>
    public const int MaxDepth = 64;

    /// <summary>
    /// Writes the canonical form of a text; false, with nothing written, where it isn't JSON, has a name twice in an object, half a
    /// surrogate pair, an integer that a double can't hold, or more than <see cref="MaxDepth"/> levels. Never throws on any bytes.
    /// </summary>
    /// <param name="error">What is wrong and where; it quotes at most a character of the text.</param>
    public static bool TryCanonicalise(ReadOnlySpan<byte> json, IBufferWriter<byte> output, [NotNullWhen(false)] out string? error)
    {
        using var canonicaliser = new Canonicaliser();
        error = canonicaliser.Read(json);
        if (error is not null)
        {
            return false;
        }

        output.Write(canonicaliser.Written);
        return true;
    }

    /// <summary>The canonical form of a text that is expected to be good.</summary>
    /// <exception cref="FormatException">It isn't; the message says why, and where.</exception>
    public static byte[] Canonicalise(ReadOnlySpan<byte> json)
    {
        using var canonicaliser = new Canonicaliser();
        return canonicaliser.Read(json) is { } error ? throw new FormatException(error) : canonicaliser.Written.ToArray();
    }

    /// <summary>Whether the bytes are exactly one value in canonical form. Allocates nothing; never throws on any bytes.</summary>
    public static bool IsCanonical(ReadOnlySpan<byte> json)
    {
        var scanner = new CanonicalScanner(json);
        return scanner.TrySkipValue() && scanner.AtEnd;
    }
}
