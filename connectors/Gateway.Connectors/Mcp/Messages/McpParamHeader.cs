using System.Text;
using System.Text.Json;
using Gateway.Connectors.Json;

namespace Gateway.Connectors.Mcp.Messages;

/// <summary>
/// One argument that a tool's schema wants mirrored into a header (<c>x-mcp-header</c>). Immutable; made once for each definition.
/// </summary>
public sealed class McpParamHeader
{
    private readonly byte[][] _path;

    /// <param name="name">What stands behind <c>Mcp-Param-</c>: a token of RFC 9110.</param>
    /// <param name="pointer">Where in the arguments the value stands, as a JSON pointer (RFC 6901) through objects only.</param>
    /// <exception cref="ArgumentException">The name is no token, or the pointer is none or names the whole arguments.</exception>
    public McpParamHeader(string name, string pointer, McpParamType type)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentException.ThrowIfNullOrEmpty(pointer);
        if (name.Any(c => !char.IsAsciiLetterOrDigit(c) && !"!#$%&'*+-.^_`|~".Contains(c, StringComparison.Ordinal)))
        {
            throw new ArgumentException("The name must be a token (RFC 9110 section 5.6.2), since it is part of a header's.", nameof(name));
        }

        if (pointer[0] != '/')
        {
            throw new ArgumentException("A pointer starts with a slash (RFC 6901 section 3).", nameof(pointer));
        }

        (Name, Pointer, Type) = (name, pointer, type);
        _path = [.. pointer[1..].Split('/').Select(Unescape)];
    }

    /// <value>Without <c>Mcp-Param-</c>.</value>
    public string Name { get; }

    public string Pointer { get; }

    public McpParamType Type { get; }

    /// <value>The whole header's name.</value>
    public string Header => McpHeaders.ParamPrefix + Name;

    /// <summary>The value in a body's arguments; not present where there is none, and where it is null, which counts as none.</summary>
    /// <param name="arguments">Where they stand in a body that was read strictly.</param>
    internal McpSlice Find(ReadOnlySpan<byte> body, McpSlice arguments)
    {
        var at = arguments;
        foreach (var step in _path)
        {
            at = Step(body, at, step);
        }

        return at.Of(body).SequenceEqual("null"u8) ? default : at;
    }

    private static McpSlice Step(ReadOnlySpan<byte> body, McpSlice inside, ReadOnlySpan<byte> name)
    {
        var text = inside.Of(body);
        if (text.IsEmpty || text[0] != (byte)'{')
        {
            return default;
        }

        var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = StrictJsonReader.MaxDepth });
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isIt = reader.ValueTextEquals(name);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (isIt)
            {
                return new McpSlice(inside.Start + start, (int)reader.BytesConsumed - start);
            }
        }

        return default;
    }

    private static byte[] Unescape(string step) =>
        Encoding.UTF8.GetBytes(step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal));
}

/// <summary>What a mirrored argument is, by its schema (2026-07-28, streamable-http, "Schema Extension").</summary>
public enum McpParamType
{
    /// <summary>Nothing that can be mirrored: no value agrees with it.</summary>
    None = 0,
    Text,
    Integer,
    Boolean,
}
