using System.Buffers;
using System.Globalization;

namespace Gateway.Connectors.Mcp.Messages;

/// <summary>One mirrored value: whether a header says it, and what a header must say.</summary>
internal static class HeaderValues
{
    private const int Small = 512;

    /// <summary>Whether a header that came says what the body says. Where the body says nothing, none may come.</summary>
    public static bool Agree(string header, ReadOnlySpan<byte> body, McpSlice value, McpParamType type)
    {
        byte[]? rented = null;
        var space = header.Length <= Small ? stackalloc byte[Small] : rented = ArrayPool<byte>.Shared.Rent(header.Length);
        try
        {
            return HeaderText.TryDecode(header, space, out var written) && Says(space[..written], body, value, type);
        }
        finally
        {
            if (rented is not null)
            {
                ArrayPool<byte>.Shared.Return(rented);
            }
        }
    }

    /// <summary>What the header must say of a value; null for a value that has none, such as an object.</summary>
    public static string? Of(ReadOnlySpan<byte> body, McpSlice value)
    {
        var raw = value.Of(body);
        return raw.IsEmpty ? null
            : raw[0] == (byte)'"' ? HeaderText.Encode(System.Text.Encoding.UTF8.GetBytes(value.GetText(body)))
            : raw.SequenceEqual("true"u8) ? "true"
            : raw.SequenceEqual("false"u8) ? "false"
            : IntegerText.TryParse(raw, out var number) ? number.ToString(CultureInfo.InvariantCulture)
            : null;
    }

    private static bool Says(ReadOnlySpan<byte> header, ReadOnlySpan<byte> body, McpSlice value, McpParamType type) =>
        type switch
        {
            McpParamType.Text => value.TextEquals(body, header),
            McpParamType.Boolean => value.IsPresent && header is [(byte)'t' or (byte)'f', ..] && value.Of(body).SequenceEqual(header),
            McpParamType.Integer => IntegerText.TryParse(value.Of(body), out var said)
                && IntegerText.TryParse(header, out var mirrored)
                && said == mirrored,
            McpParamType.None => false,
        };
}
