namespace Gateway.Connectors.Mcp.Schemas;

/// <summary>Compiles the subschemas of a document, each once; a reference holds the node that it leads to, so loops do no harm.</summary>
internal sealed class SchemaReading
{
    private readonly SchemaDocument _document;
    private readonly SchemaPlaces _places;
    private readonly SchemaNode?[] _nodes; // By token.
    private readonly Queue<SchemaNode> _unread = new();
    private readonly Patterns.PatternAllowance _allowance = new(Patterns.EcmaPattern.Allowance);
    private readonly Dictionary<string, Dictionary<int, SchemaNode>> _dynamic = new(StringComparer.Ordinal);

    public SchemaReading(SchemaDocument document, SchemaPlaces places) =>
        (_document, _places, _nodes) = (document, places, new SchemaNode?[document.TokenCount]);

    public SchemaDocument Document => _document;

    /// <summary>The root, and every schema of the document, also those that nothing leads to: what is wrong with them is wrong.</summary>
    public (SchemaNode Root, IReadOnlyList<SchemaNode> All) Read()
    {
        var all = new List<SchemaNode>();
        var root = Node(0);
        foreach (var token in _places.Schemas.ToArray())
        {
            Node(token);
        }

        while (_unread.TryDequeue(out var node))
        {
            all.Add(node);
            node.Read(new SchemaKeywords(this, node.Token, _places.DialectOf(node.Token)));
            if (_unread.Count == 0)
            {
                FillDynamic(); // Reading may have come to more anchors, and what they stand at is to be read too.
            }
        }

        return (root, all);
    }

    public SchemaNode Node(int token)
    {
        if (_nodes[token] is not { } node)
        {
            node = new SchemaNode(token, _places.ResourceOf(token), _document.KindOf(token));
            _nodes[token] = node;
            _unread.Enqueue(node);
        }

        return node;
    }

    /// <summary>The schema that a reference leads to.</summary>
    public SchemaNode Target(int reference, int schema) => Node(_places.Resolve(reference, schema, out _));

    /// <summary>
    /// The schema that a dynamic reference leads to, and by resource those that may take its place: none where it was found by a pointer,
    /// or by an anchor that isn't dynamic.
    /// </summary>
    public DynamicTarget DynamicTarget(int reference, int schema)
    {
        var target = _places.Resolve(reference, schema, out var anchor);
        var others = _places.Identifiers.DynamicAnchors(anchor);
        var isDynamic = others is not null && others.TryGetValue(_places.ResourceOf(target), out var token) && token == target;
        if (isDynamic)
        {
            _dynamic.TryAdd(anchor, []);
        }

        return new DynamicTarget(Node(target), isDynamic ? _dynamic[anchor] : []);
    }

    /// <summary>One table for all references of a name: many references to a name in many resources would take a table each.</summary>
    private void FillDynamic()
    {
        foreach (var (name, byResource) in _dynamic)
        {
            foreach (var (resource, token) in _places.Identifiers.DynamicAnchors(name)!)
            {
                byResource[resource] = Node(token);
            }
        }
    }

    public Patterns.EcmaPattern Pattern(int token)
    {
        try
        {
            return Patterns.EcmaPattern.Compile(_document.Bytes(token), _allowance);
        }
        catch (Patterns.PatternFault e)
        {
            throw _document.Fault(token, e.Message);
        }
    }
}
