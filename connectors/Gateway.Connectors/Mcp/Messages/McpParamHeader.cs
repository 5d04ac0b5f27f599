using System.Buffers;
using System.Text;
using System.Text.Json;
using Gateway.Connectors.Json;

namespace Gateway.Connectors.Mcp.Messages;

/// <summary>
/// One argument that a tool's schema wants mirrored into a header (<c>x-mcp-header</c>). Immutable; made once for each definition.
/// </summary>
public sealed class McpParamHeader
{
    private static readonly SearchValues<char> TokenLetters = SearchValues.Create(
        "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    );

    private readonly byte[][] _path;

    /// <param name="name">What stands behind <c>Mcp-Param-</c>: a token of RFC 9110.</param>
    /// <param name="path">Names of the members that lead from the arguments to the value, through objects only; at least one.</param>
    /// <exception cref="ArgumentException">The name is no token, or the path is empty.</exception>
    public McpParamHeader(string name, IReadOnlyList<string> path, McpParamType type)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(path);
        if (name.AsSpan().ContainsAnyExcept(TokenLetters))
        {
            throw new ArgumentException("The name must be a token (RFC 9110 section 5.6.2), since it is part of a header's.", nameof(name));
        }

        if (path.Count == 0)
        {
            throw new ArgumentException("The path must lead to a member: the arguments themselves have no header.", nameof(path));
        }

        (Name, Type) = (name, type);
        Pointer = string.Concat(path.Select(step => "/" + Escape(step)));
        _path = [.. path.Select(Encoding.UTF8.GetBytes)];
    }

    /// <param name="pointer">The same path as a JSON pointer (RFC 6901).</param>
    /// <exception cref="ArgumentException">The name is no token, or the pointer is none or names the whole arguments.</exception>
    public McpParamHeader(string name, string pointer, McpParamType type)
        : this(name, PathOf(pointer), type) { }

    /// <value>Without <c>Mcp-Param-</c>.</value>
    public string Name { get; }

    /// <value>Where in the arguments the value stands, as a JSON pointer.</value>
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

    private static string[] PathOf(string pointer) =>
        pointer?.Length > 0 && pointer[0] == '/'
            ? [.. pointer[1..].Split('/').Select(Unescape)]
            : throw new ArgumentException("A pointer starts with a slash (RFC 6901 section 3).", nameof(pointer));

    private static string Escape(string step) =>
        step.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    private static string Unescape(string step) =>
        step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
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
