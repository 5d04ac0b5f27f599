using System.Text;
using System.Text.Json;
using Gateway.Connectors.Json;
using Gateway.Connectors.Mcp.Schemas.Values;

namespace Gateway.Connectors.Mcp.Schemas;

/// <summary>
/// A schema's text with its tokens, in memory of its own. Compiling it takes steps in proportion to its length, or is refused.
/// </summary>
internal sealed class SchemaDocument
{
    private readonly byte[] _text;
    private readonly JsonToken[] _tokens;
    private readonly byte[] _unescaped;
    private long _steps;

    private SchemaDocument(byte[] text, JsonToken[] tokens, byte[] unescaped)
    {
        (_text, _tokens, _unescaped) = (text, tokens, unescaped);
        _steps = ArgumentSchema.BaseSteps + (ArgumentSchema.StepsPerByte * text.Length);
    }

    public JsonView View => new(_text, _tokens, _unescaped);

    public int Length => _text.Length;

    public int TokenCount => _tokens.Length;

    public static SchemaDocument Read(ReadOnlySpan<byte> json)
    {
        using var table = JsonTable.Read(json);
        var (tokens, unescaped) = table.Keep();
        return new SchemaDocument(json.ToArray(), tokens, unescaped);
    }

    public JsonTokenType KindOf(int token) => _tokens[token].Kind;

    public ReadOnlySpan<byte> Bytes(int token) => View.Bytes(token);

    public string Text(int token) => Encoding.UTF8.GetString(Bytes(token));

    /// <summary>The hash of a name, or of a value by what it is.</summary>
    public ulong Hash(int token)
    {
        var hash = JsonSameness.Hash(View, token, ref _steps);
        Spend(0, token);
        return hash;
    }

    public bool AreSame(int left, int right)
    {
        var areSame = JsonSameness.AreSame(View, left, View, right, ref _steps);
        Spend(0, left);
        return areSame;
    }

    /// <summary>A member's value; -1 where there is none.</summary>
    public int Find(int container, ReadOnlySpan<byte> name)
    {
        if (_tokens[container].Kind == JsonTokenType.StartObject)
        {
            var hash = KeyHash.Compute(name);
            Spend(1 + (_tokens[container].Count / 16), container);
            for (var at = container + 1; at < _tokens[container].Next; at = _tokens[at + 1].Next)
            {
                if (_tokens[at].Hash == hash && Bytes(at).SequenceEqual(name))
                {
                    return at + 1;
                }
            }
        }

        return -1;
    }

    /// <summary>Whether a member of this name is anywhere inside.</summary>
    public bool HasName(int container, ReadOnlySpan<byte> name)
    {
        var hash = KeyHash.Compute(name);
        Spend((_tokens[container].Next - container) / 16, container);
        for (var at = container; at < _tokens[container].Next; at++)
        {
            if (_tokens[at].Kind == JsonTokenType.PropertyName && _tokens[at].Hash == hash && Bytes(at).SequenceEqual(name))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The tokens of an array's items, or of an object's names.</summary>
    public List<int> Children(int container)
    {
        var isObject = _tokens[container].Kind == JsonTokenType.StartObject;
        var children = new List<int>(_tokens[container].Count);
        for (var at = container + 1; at < _tokens[container].Next; at = _tokens[isObject ? at + 1 : at].Next)
        {
            children.Add(at);
        }

        return children;
    }

    public SchemaFault Fault(int token, string reason) => new(TokenPointer.Of(View, token), reason);

    public void Spend(long count, int token)
    {
        if ((_steps -= count) < 0)
        {
            throw Fault(token, "the schema takes too much work to compile");
        }
    }
}
