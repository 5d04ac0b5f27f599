using System.Text.Json;

namespace Gateway.Connectors.Mcp.Schemas;

/// <summary>
/// The resources that a document is made of, by their addresses, and the anchors in each. One that is there twice is a fault.
/// </summary>
internal sealed class SchemaIdentifiers
{
    private readonly SchemaDocument _document;
    private readonly List<SchemaResource> _resources = [];
    private readonly Dictionary<string, int> _byUri = new(StringComparer.Ordinal);
    private readonly Dictionary<(int Resource, string Name), int> _anchors = [];
    private readonly Dictionary<string, Dictionary<int, int>> _dynamic = new(StringComparer.Ordinal);

    public SchemaIdentifiers(SchemaDocument document)
    {
        _document = document;
        _resources.Add(new SchemaResource(0, SchemaUri.Unnamed, SchemaDialect.Draft202012));
        _byUri.Add(SchemaUri.Unnamed.AbsoluteUri, 0);
    }

    /// <value>Whether the way to a reference can change what it leads to.</value>
    public bool HasDynamicScope => _resources.Count > 1 && _dynamic.Count > 0;

    public SchemaDialect DialectOf(int resource) => _resources[resource].Dialect;

    /// <summary>The token of the schema that a resource begins with.</summary>
    public int RootOf(int resource) => _resources[resource].Root;

    /// <summary>The schemas that have a dynamic anchor of this name, by resource.</summary>
    public IReadOnlyDictionary<int, int>? DynamicAnchors(string name) => _dynamic.GetValueOrDefault(name);

    /// <summary>The resource at an address, relative to that of another one.</summary>
    public bool TryFind(int relativeTo, string address, out int resource)
    {
        resource = -1;
        return SchemaUri.Resolve(_resources[relativeTo].Base, address) is { } uri && _byUri.TryGetValue(uri.AbsoluteUri, out resource);
    }

    public bool TryFindAnchor(int resource, string name, out int token) => _anchors.TryGetValue((resource, name), out token);

    /// <summary>The resource that a schema begins, or the one it stands in.</summary>
    public int Identify(int token, int resource)
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

        if (id is not null)
        {
            return Add(token, parent, id, dialect);
        }

        if (token == 0)
        {
            _resources[0] = parent with { Dialect = dialect };
        }
        else if (dialect != parent.Dialect)
        {
            throw _document.Fault(token, "$schema changes the dialect without an $id beside it");
        }

        return resource;
    }

    public void AddAnchors(int token, int resource)
    {
        if (DialectOf(resource) == SchemaDialect.Draft07)
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

    private int Add(int token, SchemaResource parent, string id, SchemaDialect dialect)
    {
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
        return value < 0 ? null
            : _document.KindOf(value) == JsonTokenType.String ? _document.Text(value)
            : throw _document.Fault(value, "the keyword must be a string");
    }

    /// <param name="Root">The token of the schema that it begins with.</param>
    private sealed record SchemaResource(int Root, Uri Base, SchemaDialect Dialect);
}
