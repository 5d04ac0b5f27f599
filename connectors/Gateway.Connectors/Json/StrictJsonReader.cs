using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Unicode;
using Gateway.Policy.Model;

namespace Gateway.Connectors.Json;

/// <summary>
/// Reads JSON that can be understood in one way only: one value and nothing behind it, no name twice in an object (compared after
/// unescaping), valid UTF-8 without a byte order mark, no lone surrogates, no comments, no trailing commas, at most <see cref="MaxDepth"/>
/// deep. Every parser behind Gateway would otherwise choose its own reading. Throws <see cref="JsonException"/> at the first fault; its
/// message may quote a character of the text, so it isn't for anybody's eyes. Only what was read to its end is checked. Never copy one:
/// Dispose returns pooled memory.
/// </summary>
public ref struct StrictJsonReader
{
    /// <value>The deepest nesting of arrays and objects: 64, as in System.Text.Json.</value>
    public const int MaxDepth = 64;

    /// <value>What a caller may give as working memory for names: enough for bodies of ordinary size.</value>
    public const int ScratchLength = 256;

    private Utf8JsonReader _reader;
    private KeySet _keys;
    private byte[]? _unescaped;
    private ReadOnlySpan<byte> _name;
    private ulong _nameHash;
    private readonly bool _isLoose;

    /// <param name="isLoose">Whether names that are alike (<see cref="LooseText"/>) are one, too.</param>
    /// <exception cref="JsonException">The bytes aren't UTF-8 or start with a byte order mark.</exception>
    public StrictJsonReader(ReadOnlySpan<byte> json, Span<ulong> scratch, bool isLoose = false)
    {
        if (json.StartsWith("\uFEFF"u8))
        {
            throw new JsonException("JSON must not start with a byte order mark (RFC 8259 section 8.1).");
        }

        if (!Utf8.IsValid(json))
        {
            throw new JsonException("JSON must be valid UTF-8 (RFC 8259 section 8.1).");
        }

        _reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
        _keys = new KeySet(scratch);
        _isLoose = isLoose;
    }

    public readonly JsonTokenType TokenType => _reader.TokenType;

    public readonly int Depth => _reader.CurrentDepth;

    /// <summary>The last member's name, unescaped. Valid until the next one is read.</summary>
    public readonly ReadOnlySpan<byte> Name => _name;

    internal readonly ulong NameHash => _nameHash;

    /// <summary>Where the current token begins, in bytes.</summary>
    internal readonly int TokenStart => (int)_reader.TokenStartIndex;

    /// <summary>Behind the current token, in bytes.</summary>
    internal readonly int TokenEnd => (int)_reader.BytesConsumed;

    /// <summary>The length of the current token in bytes, as it is in the text.</summary>
    public readonly int ValueLength => _reader.ValueSpan.Length;

    /// <summary>The current token: where it stands and its bytes.</summary>
    [UnscopedRef]
    internal readonly ref readonly Utf8JsonReader Token => ref _reader;

    /// <summary>Goes to the next token; false at the end of the text.</summary>
    public bool Read()
    {
        if (!_reader.Read())
        {
            return false;
        }

        switch (_reader.TokenType)
        {
            case JsonTokenType.StartObject:
                _keys.Open();
                break;
            case JsonTokenType.EndObject when !_keys.Close():
                throw new JsonException("An object has one name twice.");
            case JsonTokenType.PropertyName:
                CheckSurrogates();
                TakeName();
                break;
            case JsonTokenType.String:
                CheckSurrogates();
                break;
        }

        return true;
    }

    /// <summary>Inside an object: goes to the next member's name; false when the object ended.</summary>
    public bool ReadName() => Read() && _reader.TokenType == JsonTokenType.PropertyName;

    /// <summary>Goes to the end of the current value, checking it; a name's value is entered first.</summary>
    /// <returns>How many bytes were passed over, about: a text's own length, or an object's with everything in it.</returns>
    public int SkipValue()
    {
        var start = _reader.BytesConsumed;
        if (_reader.TokenType == JsonTokenType.PropertyName)
        {
            Read();
        }

        if (_reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            var depth = _reader.CurrentDepth;
            while (Read() && _reader.CurrentDepth > depth) { }

            return (int)(_reader.BytesConsumed - start);
        }

        return _reader.ValueSpan.Length;
    }

    /// <summary>Whether the current string, unescaped, is this text.</summary>
    public readonly bool ValueEquals(ReadOnlySpan<byte> text) => _reader.TokenType == JsonTokenType.String && _reader.ValueTextEquals(text);

    /// <summary>The current string, unescaped.</summary>
    public readonly string GetString() => _reader.GetString()!;

    /// <summary>The current number as a whole one; false for anything else, <c>1.0</c> and <c>1e3</c> too.</summary>
    public readonly bool TryGetInt64(out long value)
    {
        value = 0;
        return _reader.TokenType == JsonTokenType.Number && _reader.TryGetInt64(out value);
    }

    public void Dispose()
    {
        _keys.Dispose();
        if (_unescaped is not null)
        {
            ArrayPool<byte>.Shared.Return(_unescaped);
            _unescaped = null;
            _name = default;
        }
    }

    private readonly void CheckSurrogates()
    {
        if (_reader.ValueIsEscaped && !SurrogateEscapes.ArePaired(_reader.ValueSpan))
        {
            throw new JsonException("A string has half of a surrogate pair.");
        }
    }

    private void TakeName()
    {
        _name = _reader.ValueIsEscaped ? Unescape() : _reader.ValueSpan;
        _nameHash = KeyHash.Compute(_name);
        _keys.Add(_isLoose ? KeyHash.ComputeLoose(_name) : _nameHash);
    }

    private ReadOnlySpan<byte> Unescape()
    {
        var length = _reader.ValueSpan.Length;
        if (_unescaped is null || _unescaped.Length < length)
        {
            if (_unescaped is not null)
            {
                ArrayPool<byte>.Shared.Return(_unescaped);
            }

            _unescaped = ArrayPool<byte>.Shared.Rent(length);
        }

        return _unescaped.AsSpan(0, _reader.CopyString(_unescaped));
    }
}
