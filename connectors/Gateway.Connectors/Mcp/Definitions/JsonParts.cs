using System.Text.Json;
using Gateway.Connectors.Json;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Mcp.Definitions;

/// <summary>Where a member or an item stands in a message, in bytes.</summary>
/// <param name="Start">Of the member's name with its quote, or of the item.</param>
/// <param name="ValueStart">The same for an item.</param>
/// <param name="End">Behind the value.</param>
internal readonly record struct JsonPart(int Start, int ValueStart, int End)
{
    public ReadOnlySpan<byte> ValueIn(ReadOnlySpan<byte> json) => json[ValueStart..End];
}

/// <summary>
/// The members of one object, or the items of one array, one after another, of JSON that <see cref="StrictJson"/> accepted. Allocates
/// nothing, but for names with escapes.
/// </summary>
internal ref struct JsonParts
{
    private readonly int _at;
    private Utf8JsonReader _reader;
    private JsonPart _current;
    private ReadOnlySpan<byte> _name;

    /// <param name="at">Where the object or the array begins.</param>
    public JsonParts(ReadOnlySpan<byte> json, int at)
    {
        _at = at;
        _reader = new Utf8JsonReader(json[at..], new JsonReaderOptions { MaxDepth = StrictJsonReader.MaxDepth });
        _reader.Read();
    }

    public readonly JsonPart Current => _current;

    /// <summary>Without escapes; empty for an item.</summary>
    public readonly ReadOnlySpan<byte> Name => _name;

    public bool MoveNext()
    {
        if (!_reader.Read() || _reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
        {
            return false;
        }

        var start = (int)_reader.TokenStartIndex;
        if (_reader.TokenType == JsonTokenType.PropertyName)
        {
            _name = _reader.ValueIsEscaped ? JsonTexts.Unescape(_reader) : _reader.ValueSpan;
            _reader.Read();
        }

        var valueStart = (int)_reader.TokenStartIndex;
        _reader.Skip();
        _current = new JsonPart(_at + start, _at + valueStart, _at + (int)_reader.BytesConsumed);
        return true;
    }

    /// <summary>Finds two members of one object in one pass.</summary>
    /// <param name="first">The place of the one; nothing where the object doesn't have it.</param>
    /// <param name="second">The same of the other.</param>
    /// <returns>
    /// False where a third member's name is alike (<see cref="LooseText"/>) to one of theirs: a reader that doesn't look closely would take
    /// that one instead.
    /// </returns>
    public static bool TryFind(
        ReadOnlySpan<byte> json,
        int at,
        ReadOnlySpan<byte> one,
        ReadOnlySpan<byte> other,
        out JsonPart? first,
        out JsonPart? second
    )
    {
        (first, second) = (null, null);
        var members = new JsonParts(json, at);
        while (members.MoveNext())
        {
            if (members.Name.SequenceEqual(one))
            {
                first = members.Current;
            }
            else if (members.Name.SequenceEqual(other))
            {
                second = members.Current;
            }
            else if (LooseText.AreAlike(members.Name, one) || LooseText.AreAlike(members.Name, other))
            {
                (first, second) = (null, null);
                return false;
            }
        }

        return true;
    }

    /// <summary>The same for one member.</summary>
    public static bool TryFind(ReadOnlySpan<byte> json, int at, ReadOnlySpan<byte> name, out JsonPart? part) =>
        TryFind(json, at, name, name, out part, out _);
}

/// <summary>Strings of JSON as they are read.</summary>
internal static class JsonTexts
{
    /// <summary>The current token's text in memory of its own.</summary>
    public static byte[] Unescape(in Utf8JsonReader reader)
    {
        var text = new byte[reader.ValueSpan.Length];
        return text[..reader.CopyString(text)];
    }

    /// <summary>The string that a value is; null for any other value.</summary>
    public static string? Of(ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty || value[0] != (byte)'"')
        {
            return null;
        }

        var reader = new Utf8JsonReader(value);
        reader.Read();
        return reader.GetString();
    }
}
