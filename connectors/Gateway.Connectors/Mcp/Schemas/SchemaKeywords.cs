using System.Text;
using System.Text.Json;
using Gateway.Connectors.Mcp.Schemas.Values;

namespace Gateway.Connectors.Mcp.Schemas;

/// <summary>The keywords of one schema object, each read as what its definition says it is; anything else is a fault.</summary>
internal readonly struct SchemaKeywords(SchemaReading reading, int schema, SchemaDialect dialect)
{
    public SchemaReading Reading => reading;

    public SchemaDocument Document => reading.Document;

    public int Schema => schema;

    public bool IsDraft07 => dialect == SchemaDialect.Draft07;

    /// <summary>The keyword's value; -1 where it isn't there.</summary>
    public int Find(string keyword) => Document.Find(schema, Encoding.UTF8.GetBytes(keyword));

    /// <summary>A whole number from zero on, at most <see cref="int.MaxValue"/>, which nothing reaches; null for no keyword.</summary>
    public int? Count(string keyword)
    {
        if (Number(keyword) is not { } text)
        {
            return null;
        }

        var number = new ExactNumber(text);
        if (number.IsNegative || !number.IsInteger)
        {
            throw Document.Fault(Find(keyword), "the keyword must be a whole number from zero on");
        }

        var value = 0L;
        for (var i = 0; i < number.Exponent && value < int.MaxValue; i++)
        {
            value = (value * 10) + (i < number.Length ? number.Digit(i) : 0);
        }

        return (int)Math.Min(value, int.MaxValue);
    }

    /// <summary>A number as it is written; null where it isn't there.</summary>
    public byte[]? Number(string keyword) =>
        Require(keyword, JsonTokenType.Number, "a number", out var at) ? Document.Bytes(at).ToArray() : null;

    public bool Flag(string keyword) =>
        Find(keyword) is >= 0 and var at
        && Document.KindOf(at) switch
        {
            JsonTokenType.True => true,
            JsonTokenType.False => false,
            _ => throw Document.Fault(at, "the keyword must be true or false"),
        };

    public SchemaNode? One(string keyword) => Find(keyword) is >= 0 and var at ? Node(at, keyword) : null;

    public SchemaNode[]? Many(string keyword)
    {
        if (!Require(keyword, JsonTokenType.StartArray, "a list of schemas", out var at))
        {
            return null;
        }

        var found = this;
        SchemaNode[] nodes = [.. Document.Children(at).Select(item => found.Node(item, keyword))];
        return nodes.Length > 0 ? nodes : throw Document.Fault(at, "the list of schemas must not be empty");
    }

    /// <summary>The members' names of a keyword that is an object, as tokens; none where it isn't there.</summary>
    public List<int> Members(string keyword) =>
        Require(keyword, JsonTokenType.StartObject, "an object", out var at) ? Document.Children(at) : [];

    /// <summary>The strings of a list; none where it isn't there.</summary>
    public List<int> Names(string keyword) => Find(keyword) is >= 0 and var at ? NamesAt(at) : [];

    /// <summary>The strings of a list, each of them there once.</summary>
    public List<int> NamesAt(int list)
    {
        if (Document.KindOf(list) != JsonTokenType.StartArray)
        {
            throw Document.Fault(list, "the keyword must be a list of names");
        }

        var seen = new HashSet<ulong>();
        foreach (var item in Document.Children(list))
        {
            if (Document.KindOf(item) != JsonTokenType.String || !seen.Add(Document.Hash(item)))
            {
                throw Document.Fault(item, "the list must hold strings, each of them once");
            }
        }

        return Document.Children(list);
    }

    public SchemaNode Node(int token, string keyword)
    {
        var node = reading.Node(token);
        node.Keyword ??= keyword;
        return node;
    }

    public bool Require(string keyword, JsonTokenType kind, string what, out int at)
    {
        at = Find(keyword);
        return at >= 0 && (Document.KindOf(at) == kind ? true : throw Document.Fault(at, $"the keyword must be {what}"));
    }
}
