using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Gateway.Connectors.Json;

namespace Gateway.Connectors.Mcp.Definitions;

/// <summary>An argument that a call repeats in a header, <c>Mcp-Param-{Name}</c>.</summary>
/// <param name="Name">As the schema writes it; compared without regard to case.</param>
/// <param name="Path">Names of properties from the arguments' root to the value. At least one.</param>
public sealed record HeaderParameter(string Name, IReadOnlyList<string> Path, HeaderParameterType Type);

/// <summary>What an argument is that a header repeats: the three that SEP-2243 allows.</summary>
public enum HeaderParameterType
{
    Unspecified = 0,
    String = 1,
    Integer = 2,
    Boolean = 3,
}

/// <summary>
/// Reads the <c>x-mcp-header</c> of a tool's <c>inputSchema</c> by the rules of MCP's revision 2026-07-28 (SEP-2243, "Custom Headers from
/// Tool Parameters"): a header's token, unlike any other of the schema without regard to case, on a string, an integer or a boolean that is
/// reached from the root by <c>properties</c> alone. One that breaks a rule, or stands anywhere else in the schema, makes the tool invalid.
/// </summary>
public static class HeaderParameters
{
    /// <value>More than this aren't read: no client can send many more headers.</value>
    public const int Most = 64;

    /// <param name="inputSchema">A JSON object.</param>
    /// <param name="parameters">In the order of the schema; none where nothing is annotated.</param>
    /// <returns>False where the schema isn't a strict JSON object or an annotation breaks a rule.</returns>
    public static bool TryRead(ReadOnlySpan<byte> inputSchema, [NotNullWhen(true)] out IReadOnlyList<HeaderParameter>? parameters)
    {
        parameters = null;
        if (!StrictJson.IsObject(inputSchema))
        {
            return false;
        }

        var walk = new HeaderWalk();
        if (!walk.Schema(inputSchema, inputSchema.IndexOf((byte)'{'), isReachable: true))
        {
            return false;
        }

        parameters = walk.Found;
        return true;
    }
}

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
            _path.Add(System.Text.Encoding.UTF8.GetString(members.Name));
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
