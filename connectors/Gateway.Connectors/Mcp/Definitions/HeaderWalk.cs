using System.Buffers;
using System.Text;

namespace Gateway.Connectors.Mcp.Definitions;

/// <summary>One walk through a schema.</summary>
internal sealed class HeaderWalk
{
    /// <summary><c>tchar</c> of RFC 9110, section 5.6.2.</summary>
    private static readonly SearchValues<char> TokenLetters = SearchValues.Create(
        "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    );

    private readonly List<HeaderParameter> _found = [];
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _path = [];

    public IReadOnlyList<HeaderParameter> Found => _found;

    /// <param name="isReachable">Whether nothing but <c>properties</c> leads here from the root.</param>
    /// <returns>False at the first annotation that breaks a rule.</returns>
    public bool Schema(ReadOnlySpan<byte> json, int at, bool isReachable)
    {
        JsonPart? annotation = null;
        var type = HeaderParameterType.Unspecified;
        var members = new JsonParts(json, at);
        while (members.MoveNext())
        {
            var value = members.Current;
            if (members.Name.SequenceEqual("x-mcp-header"u8))
            {
                annotation = value;
            }
            else if (members.Name.SequenceEqual("type"u8))
            {
                type = TypeOf(value.ValueIn(json));
            }
            else if (
                !(members.Name.SequenceEqual("properties"u8) ? Properties(json, value, isReachable) : Keyword(json, members.Name, value))
            )
            {
                return false;
            }
        }

        return annotation is not { } header || (isReachable && TryAdd(JsonTexts.Of(header.ValueIn(json)), type));
    }

    private bool Properties(ReadOnlySpan<byte> json, JsonPart value, bool isReachable)
    {
        if (json[value.ValueStart] != (byte)'{')
        {
            return Below(json, value);
        }

        var members = new JsonParts(json, value.ValueStart);
        while (members.MoveNext())
        {
            _path.Add(Encoding.UTF8.GetString(members.Name));
            var isGood =
                json[members.Current.ValueStart] == (byte)'{'
                    ? Schema(json, members.Current.ValueStart, isReachable)
                    : Below(json, members.Current);
            _path.RemoveAt(_path.Count - 1);
            if (!isGood)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Any other keyword's value: schemas, or names of them, or data, in which nothing is an annotation.</summary>
    private bool Keyword(ReadOnlySpan<byte> json, ReadOnlySpan<byte> name, JsonPart value)
    {
        if (IsData(name))
        {
            return true;
        }

        if (!IsMap(name) || json[value.ValueStart] != (byte)'{')
        {
            return Below(json, value);
        }

        var members = new JsonParts(json, value.ValueStart);
        while (members.MoveNext())
        {
            if (!Below(json, members.Current))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>What isn't reached by properties alone: no annotation is allowed in it.</summary>
    private bool Below(ReadOnlySpan<byte> json, JsonPart value)
    {
        if (json[value.ValueStart] == (byte)'{')
        {
            return Schema(json, value.ValueStart, isReachable: false);
        }

        var items = new JsonParts(json, value.ValueStart);
        while (json[value.ValueStart] == (byte)'[' && items.MoveNext())
        {
            if (!Below(json, items.Current))
            {
                return false;
            }
        }

        return true;
    }

    private bool TryAdd(string? name, HeaderParameterType type)
    {
        if (
            string.IsNullOrEmpty(name)
            || name.AsSpan().ContainsAnyExcept(TokenLetters)
            || type == HeaderParameterType.Unspecified
            || _path.Count == 0
            || _found.Count == HeaderParameters.Most
            || !_names.Add(name)
        )
        {
            return false;
        }

        _found.Add(new HeaderParameter(name, [.. _path], type));
        return true;
    }

    private static HeaderParameterType TypeOf(ReadOnlySpan<byte> value) =>
        JsonTexts.Of(value) switch
        {
            "string" => HeaderParameterType.String,
            "integer" => HeaderParameterType.Integer,
            "boolean" => HeaderParameterType.Boolean,
            _ => HeaderParameterType.Unspecified,
        };

    private static bool IsData(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("default"u8)
        || name.SequenceEqual("const"u8)
        || name.SequenceEqual("enum"u8)
        || name.SequenceEqual("examples"u8);

    private static bool IsMap(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("$defs"u8)
        || name.SequenceEqual("definitions"u8)
        || name.SequenceEqual("patternProperties"u8)
        || name.SequenceEqual("dependentSchemas"u8);
}
