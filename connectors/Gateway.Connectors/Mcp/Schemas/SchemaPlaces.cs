using System.Text.Json;

namespace Gateway.Connectors.Mcp.Schemas;

/// <summary>Where the document's subschemas are, which resource each belongs to, and what references lead to.</summary>
internal sealed class SchemaPlaces
{
    private readonly SchemaDocument _document;
    private readonly int[] _resourceOf; // By token, counted from 1; 0 where no schema is known to be.

    public SchemaPlaces(SchemaDocument document)
    {
        (_document, _resourceOf, Identifiers) = (document, new int[document.TokenCount], new SchemaIdentifiers(document));
        Scan(0, 0);
    }

    public SchemaIdentifiers Identifiers { get; }

    /// <value>The tokens of all subschemas, in no order.</value>
    public List<int> Schemas { get; } = [];

    public int ResourceOf(int token) => _resourceOf[token] - 1;

    public SchemaDialect DialectOf(int token) => Identifiers.DialectOf(ResourceOf(token));

    /// <summary>The schema that a reference leads to from a schema.</summary>
    /// <param name="token">The reference.</param>
    /// <param name="anchor">The name by which it was found; empty where it was found by a pointer.</param>
    /// <exception cref="SchemaFault">It leads out of the document, or nowhere.</exception>
    public int Resolve(int token, int schema, out string anchor)
    {
        var (address, fragment) = SchemaUri.Split(_document.Text(token));
        var resource = ResourceOf(schema);
        if (address.Length > 0 && !Identifiers.TryFind(resource, address, out resource))
        {
            throw _document.Fault(token, "the reference leads out of the document; only references inside are followed");
        }

        anchor = fragment is "" or ['/', ..] ? "" : fragment;
        if (anchor.Length == 0)
        {
            return Walk(token, fragment, resource);
        }

        return Identifiers.TryFindAnchor(resource, anchor, out var anchored)
            ? anchored
            : throw _document.Fault(token, "the reference names an anchor that isn't in its resource");
    }

    private int Walk(int token, string pointer, int resource)
    {
        var at = Identifiers.RootOf(resource);
        foreach (var step in pointer.Split('/').Skip(1))
        {
            at = SchemaUri.Step(_document, at, step);
            if (at < 0)
            {
                throw _document.Fault(token, "the reference leads to nothing in the document");
            }

            resource = _resourceOf[at] > 0 ? ResourceOf(at) : resource;
        }

        if (_resourceOf[at] == 0)
        {
            Scan(at, resource); // Under a keyword that isn't known.
        }

        return at;
    }

    private void Scan(int token, int resource)
    {
        if (_resourceOf[token] > 0)
        {
            return;
        }

        var isObject = _document.KindOf(token) == JsonTokenType.StartObject;
        if (!isObject && _document.KindOf(token) is not (JsonTokenType.True or JsonTokenType.False))
        {
            throw _document.Fault(token, "a schema must be an object or a boolean");
        }

        resource = isObject ? Identifiers.Identify(token, resource) : resource;
        _resourceOf[token] = resource + 1;
        Schemas.Add(token);
        var dialect = Identifiers.DialectOf(resource);
        if (!isObject)
        {
            return;
        }

        // In draft-07 what stands beside a reference counts for nothing, but it may hold what others refer to.
        var isReference = dialect == SchemaDialect.Draft07 && _document.Find(token, "$ref"u8) >= 0;
        if (!isReference)
        {
            Identifiers.AddAnchors(token, resource);
        }

        foreach (var name in _document.Children(token))
        {
            var keyword = _document.Text(name);
            ScanKeyword(name, resource, isReference && keyword != "definitions" ? default : SchemaDialects.HoldingOf(keyword, dialect));
        }
    }

    private void ScanKeyword(int name, int resource, SchemaHolding holding)
    {
        var (value, kind) = (name + 1, _document.KindOf(name + 1));
        switch (holding)
        {
            case SchemaHolding.None:
                break;
            case SchemaHolding.One:
            case SchemaHolding.OneOrMany when kind != JsonTokenType.StartArray:
                Scan(value, resource);
                break;
            case SchemaHolding.Many or SchemaHolding.OneOrMany:
                Require(value, JsonTokenType.StartArray, "a list of schemas");
                _document.Children(value).ForEach(item => Scan(item, resource));
                break;
            case SchemaHolding.ByName or SchemaHolding.ByNameOrNames:
                Require(value, JsonTokenType.StartObject, "an object with schemas");
                foreach (var member in _document.Children(value))
                {
                    if (holding == SchemaHolding.ByName || _document.KindOf(member + 1) != JsonTokenType.StartArray)
                    {
                        Scan(member + 1, resource);
                    }
                }

                break;
        }
    }

    private void Require(int token, JsonTokenType kind, string what)
    {
        if (_document.KindOf(token) != kind)
        {
            throw _document.Fault(token, $"the keyword must be {what}");
        }
    }
}
