using System.Text.Json;

namespace Gateway.Connectors.Mcp.Messages;

/// <summary>
/// Where one JSON value stands in a message's bytes, so that nothing is copied to read it. The zero value is no value: what isn't there.
/// Made by a reader that has checked the whole text; with other bytes than those it was read from it says nothing.
/// </summary>
/// <param name="Start">In bytes from the beginning of the message.</param>
/// <param name="Length">In bytes, quotes and brackets included; 0 for a value that isn't there.</param>
public readonly record struct McpSlice(int Start, int Length)
{
    public bool IsPresent => Length > 0;

    /// <summary>The value as it stands in the message; empty for none.</summary>
    public ReadOnlySpan<byte> Of(ReadOnlySpan<byte> message) => message.Slice(Start, Length);

    /// <summary>The same value where the message is kept longer than a span lives.</summary>
    public ReadOnlyMemory<byte> Of(ReadOnlyMemory<byte> message) => message.Slice(Start, Length);

    /// <summary>Whether the value is a string that says this, after unescaping.</summary>
    public bool TextEquals(ReadOnlySpan<byte> message, ReadOnlySpan<byte> utf8)
    {
        var raw = Of(message);
        if (raw.Length < 2 || raw[0] != (byte)'"')
        {
            return false;
        }

        return raw.Contains((byte)'\\') ? Token(raw).ValueTextEquals(utf8) : raw[1..^1].SequenceEqual(utf8);
    }

    /// <summary>Whether both are one value to every reader: strings compared after unescaping, anything else byte by byte.</summary>
    public bool ValueEquals(ReadOnlySpan<byte> message, ReadOnlySpan<byte> otherValue)
    {
        var raw = Of(message);
        if (raw.SequenceEqual(otherValue))
        {
            return true;
        }

        if (raw.Length < 2 || raw[0] != (byte)'"' || otherValue.Length < 2 || otherValue[0] != (byte)'"')
        {
            return false;
        }

        return (raw.Contains((byte)'\\') || otherValue.Contains((byte)'\\'))
            && string.Equals(Token(raw).GetString(), Token(otherValue).GetString(), StringComparison.Ordinal);
    }

    /// <summary>The string that the value says, unescaped. Allocates.</summary>
    /// <exception cref="InvalidOperationException">The value isn't there, or is no string.</exception>
    public string GetText(ReadOnlySpan<byte> message)
    {
        var raw = Of(message);
        if (raw.IsEmpty || raw[0] != (byte)'"')
        {
            throw new InvalidOperationException("The value is no string: look whether it is there before it is read as one.");
        }

        return Token(raw).GetString()!;
    }

    /// <summary>The string that the value says, unescaped and in UTF-8; its length is never above the value's own.</summary>
    /// <param name="scratch">At least as long as the value; what is given back stands in it, or in the message where nothing is
    /// escaped.</param>
    /// <returns>Empty where the value isn't there or is no string.</returns>
    public ReadOnlySpan<byte> Text(ReadOnlySpan<byte> message, Span<byte> scratch)
    {
        var raw = Of(message);
        if (raw.Length < 2 || raw[0] != (byte)'"')
        {
            return default;
        }

        return raw.Contains((byte)'\\') ? scratch[..Token(raw).CopyString(scratch)] : raw[1..^1];
    }

    private static Utf8JsonReader Token(ReadOnlySpan<byte> raw)
    {
        var reader = new Utf8JsonReader(raw);
        reader.Read();
        return reader;
    }
}
