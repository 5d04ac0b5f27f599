using System.Text;
using System.Text.Json;
using Gateway.Connectors.Mcp.Schemas.Values;

namespace Gateway.Connectors.Mcp.Schemas;

/// <summary><c>type</c>, <c>enum</c>, <c>const</c>: what a value of any kind is held against.</summary>
internal sealed class ValueRules
{
    private const int MaxShown = 200; // In bytes: a longer list is named by its length.

    private static readonly (string Name, JsonKinds Kinds)[] Types =
    [
        ("null", JsonKinds.Null),
        ("boolean", JsonKinds.Boolean),
        ("object", JsonKinds.Object),
        ("array", JsonKinds.Array),
        ("number", JsonKinds.Number | JsonKinds.Integer),
        ("string", JsonKinds.Text),
        ("integer", JsonKinds.Integer),
    ];

    private readonly JsonKinds _kinds; // None where any will do.
    private readonly string _kindNames;
    private readonly (ulong Hash, int Token)[]? _listed; // By hash.
    private readonly (ulong Hash, int Token)[]? _constant;
    private readonly string _listedText;
    private readonly string _constantText;

    private ValueRules(SchemaKeywords keywords)
    {
        var types = TypeNames(keywords);
        _kindNames = string.Join(" or ", types.Select(type => type.Name));
        _kinds = types.Aggregate(JsonKinds.None, (kinds, type) => kinds | type.Kinds);
        _listed = keywords.Require("enum", JsonTokenType.StartArray, "a list of values", out var list)
            ? Distinct(keywords.Document, keywords.Document.Children(list))
            : null;
        _constant = keywords.Find("const") is >= 0 and var value ? Distinct(keywords.Document, [value]) : null;
        _listedText = Shown(keywords.Document, _listed);
        _constantText = Shown(keywords.Document, _constant);
    }

    public static ValueRules? Read(SchemaKeywords keywords) =>
        keywords.Find("type") >= 0 || keywords.Find("enum") >= 0 || keywords.Find("const") >= 0 ? new ValueRules(keywords) : null;

    public bool Fits(ref SchemaWalk walk, int at)
    {
        var fits = _kinds == JsonKinds.None || (KindOf(ref walk, at) & _kinds) != 0 || walk.Fail(at, "type", _kindNames);
        fits &= (_listed is null || IsListed(ref walk, at, _listed)) || walk.Fail(at, "enum", _listedText);
        fits &= (_constant is null || IsListed(ref walk, at, _constant)) || walk.Fail(at, "const", _constantText);
        return fits;
    }

    private static bool IsListed(ref SchemaWalk walk, int at, (ulong Hash, int Token)[] listed)
    {
        var hash = walk.Hash(at);
        var (low, high) = (0, listed.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = listed[middle].Hash < hash ? (middle + 1, high) : (low, middle);
        }

        for (; low < listed.Length && listed[low].Hash == hash; low++)
        {
            if (walk.IsConstant(at, listed[low].Token))
            {
                return true;
            }
        }

        return false;
    }

    private static JsonKinds KindOf(ref SchemaWalk walk, int at)
    {
        walk.Spend(walk.Instance[at].Length / 16); // A number is looked at digit by digit.
        return walk.Instance[at].Kind switch
        {
            JsonTokenType.Null => JsonKinds.Null,
            JsonTokenType.True or JsonTokenType.False => JsonKinds.Boolean,
            JsonTokenType.StartObject => JsonKinds.Object,
            JsonTokenType.StartArray => JsonKinds.Array,
            JsonTokenType.String or JsonTokenType.PropertyName => JsonKinds.Text,
            JsonTokenType.Number => new ExactNumber(walk.Instance.Bytes(at)).IsInteger ? JsonKinds.Integer : JsonKinds.Number,
            _ => JsonKinds.None,
        };
    }

    private static (string Name, JsonKinds Kinds)[] TypeNames(SchemaKeywords keywords)
    {
        var at = keywords.Find("type");
        var document = keywords.Document;
        var names =
            at < 0 ? []
            : document.KindOf(at) == JsonTokenType.String ? [at]
            : keywords.NamesAt(at);
        if (at >= 0 && names.Count == 0)
        {
            throw document.Fault(at, "the list of types must not be empty");
        }

        return
        [
            .. names.Select(name =>
                Array.Find(Types, type => type.Name == document.Text(name)) is { Name: not null } type
                    ? type
                    : throw document.Fault(name, "the type isn't one of JSON's")
            ),
        ];
    }

    private static (ulong Hash, int Token)[] Distinct(SchemaDocument document, List<int> tokens)
    {
        var distinct = new List<(ulong Hash, int Token)>();
        foreach (var value in tokens.Select(token => (Hash: document.Hash(token), Token: token)).Order())
        {
            if (distinct.Count == 0 || distinct[^1].Hash != value.Hash || !document.AreSame(distinct[^1].Token, value.Token))
            {
                distinct.Add(value);
            }
        }

        return [.. distinct];
    }

    private static string Shown(SchemaDocument document, (ulong Hash, int Token)[]? listed)
    {
        var text = new StringBuilder();
        foreach (var (_, token) in (listed ?? []).OrderBy(value => value.Token))
        {
            var isShort = document.KindOf(token) is not (JsonTokenType.StartObject or JsonTokenType.StartArray);
            if (!isShort || text.Length + document.Bytes(token).Length > MaxShown)
            {
                return listed!.Length == 1 ? "the schema's constant" : $"one of the {listed.Length} values of the schema";
            }

            var isText = document.KindOf(token) == JsonTokenType.String;
            text.Append(text.Length > 0 ? ", " : "").Append(isText ? $"'{document.Text(token)}'" : document.Text(token));
        }

        return listed is { Length: 0 } ? "nothing" : text.ToString();
    }
}

/// <summary>Kinds of values that <c>type</c> tells apart.</summary>
[Flags]
internal enum JsonKinds : byte
{
    None = 0,
    Null = 1,
    Boolean = 2,
    Object = 4,
    Array = 8,
    Text = 16,
    Number = 32,
    Integer = 64,
}
