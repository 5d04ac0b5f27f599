using Gateway.Connectors.Json;
using Gateway.Connectors.Mcp.Schemas.Patterns;

namespace Gateway.Connectors.Mcp.Schemas;

/// <summary>What objects and their members are held against.</summary>
internal sealed class ObjectRules
{
    private readonly NameTable<KnownMember> _known;
    private readonly (string Name, byte[] Bytes, ulong Hash)[] _required;
    private readonly (EcmaPattern Pattern, SchemaNode Schema)[] _patterns;
    private readonly SchemaNode? _others;
    private readonly SchemaNode? _names;
    private readonly int? _least;
    private readonly int? _most;

    private ObjectRules(SchemaKeywords keywords)
    {
        var members = new MemberReading(keywords);
        (_known, _required) = (new NameTable<KnownMember>(members.Known), members.Required);
        _patterns =
        [
            .. keywords
                .Members("patternProperties")
                .Select(name => (keywords.Reading.Pattern(name), keywords.Node(name + 1, "patternProperties"))),
        ];
        (_others, _names) = (keywords.One("additionalProperties"), keywords.One("propertyNames"));
        (_least, _most) = (keywords.Count("minProperties"), keywords.Count("maxProperties"));
    }

    private bool LooksAtMembers => _known.Entries.Count > 0 || _patterns.Length > 0 || _others is not null || _names is not null;

    public static ObjectRules? Read(SchemaKeywords keywords)
    {
        var rules = new ObjectRules(keywords);
        return rules.LooksAtMembers || rules._least is not null || rules._most is not null ? rules : null;
    }

    /// <summary>The schemas that are applied to the object itself.</summary>
    public IEnumerable<SchemaNode> InPlace() => _known.Entries.Select(entry => entry.Value.Dependent).OfType<SchemaNode>();

    public bool Fits(ref SchemaWalk walk, int at, int marks)
    {
        var count = walk.Instance[at].Count;
        var fits = _least is not { } least || count >= least || walk.Fail(at, "minProperties", "members, at least ", least);
        fits &= _most is not { } most || count <= most || walk.Fail(at, "maxProperties", "members, at most ", most);
        if ((!fits && walk.IsDone) || !LooksAtMembers)
        {
            return fits;
        }

        var (required, ordinal, end) = (0, 0, walk.Instance[at].Next);
        for (var name = at + 1; name < end; name = walk.Instance[name + 1].Next, ordinal++)
        {
            walk.Spend(1);
            _known.TryFind(walk.Instance.Bytes(name), walk.Instance[name].Hash, out var known, out _);
            required += known.IsRequired ? 1 : 0;
            fits &= MemberFits(ref walk, name, known.Schema, out var isLookedAt);
            fits &= _names is null || walk.Fits(_names, name, SchemaWalk.NoMarks);
            fits &= known.Dependent is null || walk.Fits(known.Dependent, at, marks);
            fits &= known.Needed is null || HasAll(ref walk, at, known.Needed, "dependentRequired");
            walk.Mark(isLookedAt ? marks : SchemaWalk.NoMarks, ordinal);
            if (!fits && walk.IsDone)
            {
                return false;
            }
        }

        return fits & (required == _required.Length || (!walk.IsDone && HasAll(ref walk, at, _required, "required")));
    }

    private bool MemberFits(ref SchemaWalk walk, int name, SchemaNode? schema, out bool isLookedAt)
    {
        isLookedAt = schema is not null;
        var fits = schema is null || walk.Fits(schema, name + 1, SchemaWalk.NoMarks);
        foreach (var (pattern, patternSchema) in _patterns)
        {
            if (walk.IsMatch(pattern, walk.Instance.Bytes(name)))
            {
                isLookedAt = true;
                fits &= walk.Fits(patternSchema, name + 1, SchemaWalk.NoMarks);
            }
        }

        if (!isLookedAt && _others is not null)
        {
            isLookedAt = true;
            fits &= walk.Fits(_others, name + 1, SchemaWalk.NoMarks);
        }

        return fits;
    }

    /// <summary>Whether all the names are there; names the first that isn't.</summary>
    private static bool HasAll(ref SchemaWalk walk, int at, (string Name, byte[] Bytes, ulong Hash)[] names, string keyword)
    {
        foreach (var (text, bytes, hash) in names)
        {
            if (!Has(ref walk, at, bytes, hash))
            {
                return walk.Fail(at, keyword, "a member ", text);
            }
        }

        return true;
    }

    private static bool Has(ref SchemaWalk walk, int at, byte[] bytes, ulong hash)
    {
        var end = walk.Instance[at].Next;
        for (var name = at + 1; name < end && !walk.IsSpent; name = walk.Instance[name + 1].Next)
        {
            walk.Spend(1);
            if (walk.Instance[name].Hash == hash && walk.Instance.Bytes(name).SequenceEqual(bytes))
            {
                return true;
            }
        }

        return false;
    }
}
