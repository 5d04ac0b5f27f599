using System.Text.Json;

namespace Gateway.Connectors.Mcp.Schemas;

/// <summary>Where the document's subschemas are, which resource each belongs to, and what their identifiers and anchors lead to.</summary>
internal sealed class SchemaPlaces
{
    private readonly SchemaDocument _document;
    private readonly int[] _resourceOf; // By token, counted from 1; 0 where no schema is known to be.
    private readonly List<SchemaResource> _resources = [];
    private readonly Dictionary<string, int> _byUri = new(StringComparer.Ordinal);
    private readonly Dictionary<(int Resource, string Name), int> _anchors = [];
    private readonly Dictionary<string, Dictionary<int, int>> _dynamic = new(StringComparer.Ordinal);

    private SchemaPlaces(SchemaDocument document) => (_document, _resourceOf) = (document, new int[document.TokenCount]);

    /// <value>The tokens of all subschemas, in no order.</value>
    public List<int> Schemas { get; } = [];

    /// <value>Whether the way to a reference can change what it leads to.</value>
    public bool HasDynamicScope => _resources.Count > 1 && _dynamic.Count > 0;

    public static SchemaPlaces Find(SchemaDocument document)
    {
        var places = new SchemaPlaces(document);
        places._resources.Add(new SchemaResource(0, SchemaUri.Unnamed, SchemaDialect.Draft202012));
        places._byUri.Add(SchemaUri.Unnamed.AbsoluteUri, 0);
        places.Scan(0, 0);
        return places;
    }

    public int ResourceOf(int token) => _resourceOf[token] - 1;

    public SchemaDialect DialectOf(int token) => _resources[ResourceOf(token)].Dialect;

    /// <summary>The schemas that have a dynamic anchor of this name, by resource.</summary>
    public IReadOnlyDictionary<int, int>? DynamicAnchors(string name) => _dynamic.GetValueOrDefault(name);

    /// <summary>The schema that a reference leads to from a schema.</summary>
    /// <param name="token">The reference.</param>
    /// <param name="anchor">The name by which it was found; empty where it was found by a pointer.</param>
    /// <exception cref="SchemaFault">It leads out of the document, or nowhere.</exception>
    public int Resolve(int token, int schema, out string anchor)
    {
        var (address, fragment) = SchemaUri.Split(_document.Text(token));
        var resource = ResourceOf(schema);
        if (address.Length > 0)
        {
            var uri = SchemaUri.Resolve(_resources[resource].Base, address);
            if (uri is null || !_byUri.TryGetValue(uri.AbsoluteUri, out resource))
            {
                throw _document.Fault(token, "the reference leads out of the document; only references inside are followed");
            }
        }

        anchor = fragment is "" or ['/', ..] ? "" : fragment;
        if (anchor.Length > 0)
        {
            return _anchors.TryGetValue((resource, anchor), out var anchored)
                ? anchored
                : throw _document.Fault(token, "the reference names an anchor that isn't in its resource");
        }

        return Walk(token, fragment, resource);
    }

    private int Walk(int token, string pointer, int resource)
    {
        var at = _resources[resource].Root;
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
            Scan(at, resource); // Under a keyword that isn't known, or beside a reference in draft-07.
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

        resource = isObject ? Identify(token, resource) : resource;
        _resourceOf[token] = resource + 1;
        Schemas.Add(token);
        if (!isObject)
        {
            return;
        }

        var dialect = _resources[resource].Dialect;
        if (dialect == SchemaDialect.Draft07 && _document.Find(token, "$ref"u8) >= 0)
        {
            return; // What stands beside a reference counts for nothing.
        }

        AddAnchors(token, resource, dialect);
        foreach (var name in _document.Children(token))
        {
            ScanKeyword(name, resource, SchemaDialects.HoldingOf(_document.Text(name), dialect));
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

    /// <summary>The resource that a schema begins, or the one it stands in.</summary>
    private int Identify(int token, int resource)
    {
        var parent = _resources[resource];
        var (id, schema) = (Text(token, "$id"u8), Text(token, "$schema"u8));
        var dialect = schema is null ? parent.Dialect : SchemaDialects.Named(schema);
        if (dialect == SchemaDialect.Unspecified)
        {
            throw _document.Fault(token, "$schema names a dialect that isn't known here; 2020-12 and draft-07 are");
        }

        if (dialect == SchemaDialect.Draft07 && (id is ['#', ..] || _document.Find(token, "$ref"u8) >= 0))
        {
            id = null; // An anchor, or beside a reference.
        }

        if (id is null)
        {
            if (token == 0)
            {
                _resources[0] = parent with { Dialect = dialect };
            }

            return dialect == parent.Dialect || token == 0
                ? resource
                : throw _document.Fault(token, "$schema changes the dialect without an $id beside it");
        }

        var (address, fragment) = SchemaUri.Split(id);
        if (
            fragment.Length > 0
            || SchemaUri.Resolve(parent.Base, address) is not { } uri
            || !_byUri.TryAdd(uri.AbsoluteUri, _resources.Count)
        )
        {
            throw _document.Fault(token, "$id isn't an address, has a fragment, or is there twice");
        }

        _resources.Add(new SchemaResource(token, uri, dialect));
        return _resources.Count - 1;
    }

    private void AddAnchors(int token, int resource, SchemaDialect dialect)
    {
        if (dialect == SchemaDialect.Draft07)
        {
            AddAnchor(token, resource, Text(token, "$id"u8) is ['#', .. var plain] && plain.Length > 0 ? plain : null);
            return;
        }

        AddAnchor(token, resource, Text(token, "$anchor"u8));
        if (Text(token, "$dynamicAnchor"u8) is { } name)
        {
            AddAnchor(token, resource, name);
            _dynamic.TryAdd(name, []);
            _dynamic[name].Add(resource, token);
        }
    }

    private void AddAnchor(int token, int resource, string? name)
    {
        if (name is not null && (!SchemaUri.IsAnchor(name) || !_anchors.TryAdd((resource, name), token)))
        {
            throw _document.Fault(token, "an anchor isn't a name, or is there twice");
        }
    }

    private string? Text(int token, ReadOnlySpan<byte> keyword)
    {
        var value = _document.Find(token, keyword);
        if (value >= 0)
        {
            Require(value, JsonTokenType.String, "a string");
        }

        return value < 0 ? null : _document.Text(value);
    }

    private void Require(int token, JsonTokenType kind, string what)
    {
        if (_document.KindOf(token) != kind)
        {
            throw _document.Fault(token, $"the keyword must be {what}");
        }
    }

    /// <param name="Root">The token of the schema that it begins with.</param>
    private sealed record SchemaResource(int Root, Uri Base, SchemaDialect Dialect);
}
