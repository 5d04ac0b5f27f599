using System.Text.Json;

namespace Gateway.Connectors.Mcp.Schemas.Values;

/// <summary>One value or one member's name of a text; a name is followed by its value, a container by what it holds.</summary>
internal struct JsonToken
{
    /// <value>A member's name is a <see cref="JsonTokenType.PropertyName"/>; ends of containers have no token.</value>
    public JsonTokenType Kind;

    /// <value>In bytes of the text, without quotes; the complement of a place among the unescaped strings where it had escapes.</value>
    public int Start;

    /// <value>In bytes, of names, strings and numbers.</value>
    public int Length;

    /// <value>How many members or items a container has.</value>
    public int Count;

    /// <value>The first token behind this one and all that it holds.</value>
    public int Next;

    /// <value>A keyed hash of the value, equal for equal values; of values computed when first asked for, and 0 until then.</value>
    public ulong Hash;
}

/// <summary>A text with its tokens. Nothing of it outlives the table that it is of.</summary>
internal readonly ref struct JsonView(ReadOnlySpan<byte> text, Span<JsonToken> tokens, ReadOnlySpan<byte> unescaped)
{
    private readonly ReadOnlySpan<byte> _text = text;
    private readonly Span<JsonToken> _tokens = tokens;
    private readonly ReadOnlySpan<byte> _unescaped = unescaped;

    public ref JsonToken this[int token] => ref _tokens[token];

    /// <summary>A name, string or number, unescaped.</summary>
    public ReadOnlySpan<byte> Bytes(int token)
    {
        ref readonly var at = ref _tokens[token];
        return at.Start >= 0 ? _text.Slice(at.Start, at.Length) : _unescaped.Slice(~at.Start, at.Length);
    }
}
