using System.Buffers;
using System.Text.Json;
using Gateway.Connectors.Json;

namespace Gateway.Connectors.Mcp.Schemas.Values;

/// <summary>
/// The tokens of a text that <see cref="StrictJsonReader"/> takes, in the order of the text, so that a part of it can be looked at again
/// without being parsed again. In pooled memory until disposed. Never copy one.
/// </summary>
internal struct JsonTable : IDisposable
{
    private const int FirstTokens = 64;
    private const int BytesPerToken = 12; // About, in arguments of tools; a denser text makes the table grow.

    private JsonToken[] _tokens;
    private byte[] _unescaped;
    private int _count;
    private int _unescapedCount;

    /// <exception cref="JsonException">The text isn't JSON with one reading, or has a number beyond <see cref="ExactNumber"/>.</exception>
    public static JsonTable Read(ReadOnlySpan<byte> json)
    {
        var table = new JsonTable
        {
            _tokens = ArrayPool<JsonToken>.Shared.Rent(FirstTokens + (json.Length / BytesPerToken)),
            _unescaped = [],
        };
        scoped StrictJsonReader reader = default;
        try
        {
            reader = new StrictJsonReader(json, stackalloc ulong[StrictJsonReader.ScratchLength]);
            table.ReadAll(ref reader);
            return table;
        }
        catch
        {
            table.Dispose();
            throw;
        }
        finally
        {
            reader.Dispose();
        }
    }

    public readonly JsonView View(ReadOnlySpan<byte> json) => new(json, _tokens.AsSpan(0, _count), _unescaped);

    /// <summary>What the table holds, in memory of its own.</summary>
    public readonly (JsonToken[] Tokens, byte[] Unescaped) Keep() => (_tokens[.._count], _unescaped[.._unescapedCount]);

    public void Dispose()
    {
        if (_tokens is { Length: > 0 })
        {
            ArrayPool<JsonToken>.Shared.Return(_tokens);
        }

        if (_unescaped is { Length: > 0 })
        {
            ArrayPool<byte>.Shared.Return(_unescaped, clearArray: true); // Arguments may be secret.
        }

        (_tokens, _unescaped, _count) = ([], [], 0);
    }

    private void ReadAll(ref StrictJsonReader reader)
    {
        Span<int> open = stackalloc int[StrictJsonReader.MaxDepth];
        var depth = 0;
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    _tokens[open[--depth]].Next = _count;
                    break;
                case JsonTokenType.PropertyName:
                    AddName(in reader);
                    _tokens[open[depth - 1]].Count++;
                    break;
                default:
                    if (depth > 0 && _tokens[open[depth - 1]].Kind == JsonTokenType.StartArray)
                    {
                        _tokens[open[depth - 1]].Count++;
                    }

                    AddValue(in reader);
                    if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                    {
                        open[depth++] = _count - 1;
                    }

                    break;
            }
        }
    }

    private void AddName(in StrictJsonReader reader)
    {
        var isEscaped = reader.Token.ValueIsEscaped;
        var start = isEscaped ? ~Unescape(reader.Name) : reader.TokenStart + 1;
        Add(JsonTokenType.PropertyName, start, reader.Name.Length).Hash = reader.NameHash;
    }

    private void AddValue(in StrictJsonReader reader)
    {
        ref readonly var token = ref reader.Token;
        if (token.TokenType == JsonTokenType.String && token.ValueIsEscaped)
        {
            var start = Reserve(token.ValueSpan.Length);
            var length = token.CopyString(_unescaped.AsSpan(start));
            _unescapedCount = start + length;
            Add(JsonTokenType.String, ~start, length);
            return;
        }

        if (token.TokenType == JsonTokenType.Number && !ExactNumber.IsBounded(token.ValueSpan))
        {
            throw new JsonException("A number's exponent is beyond what is compared exactly.");
        }

        Add(token.TokenType, reader.TokenStart + (token.TokenType == JsonTokenType.String ? 1 : 0), token.ValueSpan.Length);
    }

    private ref JsonToken Add(JsonTokenType kind, int start, int length)
    {
        if (_count == _tokens.Length)
        {
            var larger = ArrayPool<JsonToken>.Shared.Rent(_count * 2);
            _tokens.AsSpan(0, _count).CopyTo(larger);
            ArrayPool<JsonToken>.Shared.Return(_tokens);
            _tokens = larger;
        }

        ref var token = ref _tokens[_count++];
        token = new JsonToken
        {
            Kind = kind,
            Start = start,
            Length = length,
            Next = _count,
        };
        return ref token;
    }

    private int Unescape(ReadOnlySpan<byte> name)
    {
        var start = Reserve(name.Length);
        name.CopyTo(_unescaped.AsSpan(start));
        _unescapedCount = start + name.Length;
        return start;
    }

    /// <summary>Where so many bytes have room.</summary>
    private int Reserve(int length)
    {
        if (_unescapedCount + length > _unescaped.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(256, Math.Max(_unescaped.Length * 2, _unescapedCount + length)));
            _unescaped.AsSpan(0, _unescapedCount).CopyTo(larger);
            if (_unescaped.Length > 0)
            {
                ArrayPool<byte>.Shared.Return(_unescaped, clearArray: true);
            }

            _unescaped = larger;
        }

        return _unescapedCount;
    }
}
