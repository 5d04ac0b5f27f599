namespace Gateway.Connectors.Mcp.Schemas;

/// <summary>What arrays and their items are held against.</summary>
internal sealed class ArrayRules
{
    private readonly SchemaNode[]? _prefix;
    private readonly SchemaNode? _items;
    private readonly SchemaNode? _contains;
    private readonly int _leastContained = 1;
    private readonly int _mostContained = int.MaxValue;
    private readonly int? _least;
    private readonly int? _most;
    private readonly bool _isUnique;

    private ArrayRules(SchemaKeywords keywords)
    {
        (_least, _most, _isUnique) = (keywords.Count("minItems"), keywords.Count("maxItems"), keywords.Flag("uniqueItems"));
        _contains = keywords.One("contains");
        if (!keywords.IsDraft07)
        {
            (_prefix, _items) = (keywords.Many("prefixItems"), keywords.One("items"));
            var (least, most) = (keywords.Count("minContains"), keywords.Count("maxContains"));
            (_leastContained, _mostContained) = (least ?? 1, most ?? int.MaxValue);
        }
        else if (keywords.Find("items") is >= 0 and var at && keywords.Document.KindOf(at) == System.Text.Json.JsonTokenType.StartArray)
        {
            _prefix = [.. keywords.Document.Children(at).Select(item => keywords.Node(item, "items"))];
            _items = keywords.One("additionalItems");
        }
        else
        {
            _items = keywords.One("items");
        }
    }

    public static ArrayRules? Read(SchemaKeywords keywords)
    {
        var rules = new ArrayRules(keywords);
        var isEmpty = (rules._prefix, rules._items, rules._contains, rules._least, rules._most) is (null, null, null, null, null);
        return isEmpty && !rules._isUnique ? null : rules;
    }

    public bool Fits(ref SchemaWalk walk, int at, int marks)
    {
        var count = walk.Instance[at].Count;
        var fits = _least is not { } least || count >= least || walk.Fail(at, "minItems", "items, at least ", least);
        fits &= _most is not { } most || count <= most || walk.Fail(at, "maxItems", "items, at most ", most);
        if (!fits && walk.IsDone)
        {
            return false;
        }

        fits &= (_prefix is null && _items is null) || ItemsFit(ref walk, at, marks);
        if (!fits && walk.IsDone)
        {
            return false;
        }

        fits &= _contains is null || ContainsFits(ref walk, at, marks, _contains);
        return fits & (!_isUnique || ItemHashes.AreDistinct(ref walk, at) || walk.Fail(at, "uniqueItems", "items, each of them once"));
    }

    private bool ItemsFit(ref SchemaWalk walk, int at, int marks)
    {
        var (fits, index, end) = (true, 0, walk.Instance[at].Next);
        for (var item = at + 1; item < end; item = walk.Instance[item].Next)
        {
            var schema = _prefix is not null && index < _prefix.Length ? _prefix[index] : _items;
            if (schema is null)
            {
                break;
            }

            walk.Mark(marks, index++);
            fits &= walk.Fits(schema, item, SchemaWalk.NoMarks);
            if (!fits && walk.IsDone)
            {
                break;
            }
        }

        return fits;
    }

    private bool ContainsFits(ref SchemaWalk walk, int at, int marks, SchemaNode contains)
    {
        var (found, index, end) = (0, 0, walk.Instance[at].Next);
        for (var item = at + 1; item < end && !walk.IsSpent; item = walk.Instance[item].Next, index++)
        {
            if (walk.FitsQuietly(contains, item, SchemaWalk.NoMarks))
            {
                found++;
                walk.Mark(marks, index);
            }
        }

        var fits = found >= _leastContained || walk.Fail(at, "contains", "items that fit it, at least ", _leastContained);
        return fits & (found <= _mostContained || walk.Fail(at, "maxContains", "items that fit it, at most ", _mostContained));
    }
}
