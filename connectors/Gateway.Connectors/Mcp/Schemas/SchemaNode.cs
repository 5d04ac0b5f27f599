using System.Text.Json;

namespace Gateway.Connectors.Mcp.Schemas;

/// <summary>One compiled subschema: its keywords in groups, null where it has none of a group. Read once, then immutable.</summary>
internal sealed class SchemaNode(int token, int resource, JsonTokenType kind)
{
    private ValueRules? _values;
    private NumberRules? _numbers;
    private TextRules? _texts;
    private ArrayRules? _arrays;
    private ObjectRules? _objects;
    private InPlaceRules? _inPlace;
    private Unevaluated? _unevaluated;

    /// <value>Where it stands in the document.</value>
    public int Token => token;

    /// <value>The resource that it belongs to.</value>
    public int Resource => resource;

    /// <value>The keyword that holds it, to name where nothing may stand; null for the root.</value>
    public string? Keyword { get; set; }

    /// <value>Whether it is <c>false</c>, which nothing fits.</value>
    public bool IsNever => kind == JsonTokenType.False;

    /// <value>Whether it must know which members or items the rest of it looked at.</value>
    public bool NeedsMarks => _unevaluated is not null;

    public void Read(SchemaKeywords keywords)
    {
        if (kind != JsonTokenType.StartObject)
        {
            return;
        }

        _inPlace = InPlaceRules.Read(keywords);
        if (keywords.IsDraft07 && keywords.Find("$ref") >= 0)
        {
            return; // Nothing beside it counts.
        }

        _values = ValueRules.Read(keywords);
        _numbers = NumberRules.Read(keywords);
        _texts = TextRules.Read(keywords);
        _arrays = ArrayRules.Read(keywords);
        _objects = ObjectRules.Read(keywords);
        _unevaluated = keywords.IsDraft07 ? null : Unevaluated.Read(keywords);
    }

    /// <summary>The schemas that are applied to the same value as this one.</summary>
    public IEnumerable<SchemaNode> InPlace() => [.. _inPlace?.All() ?? [], .. _objects?.InPlace() ?? []];

    /// <param name="marks">Where the walk keeps which members or items were looked at.</param>
    public bool Fits(ref SchemaWalk walk, int at, int marks)
    {
        if (IsNever)
        {
            return walk.Fail(at, Keyword ?? "", "nothing");
        }

        var fits = _values is null || _values.Fits(ref walk, at);
        if (!fits && walk.IsDone)
        {
            return false;
        }

        fits &= walk.Instance[at].Kind switch
        {
            JsonTokenType.Number => _numbers is null || _numbers.Fits(ref walk, at),
            JsonTokenType.String or JsonTokenType.PropertyName => _texts is null || _texts.Fits(ref walk, at),
            JsonTokenType.StartArray => _arrays is null || _arrays.Fits(ref walk, at, marks),
            JsonTokenType.StartObject => _objects is null || _objects.Fits(ref walk, at, marks),
            _ => true,
        };
        if (!fits && walk.IsDone)
        {
            return false;
        }

        fits &= _inPlace is null || _inPlace.Fits(ref walk, at, marks);
        return fits && (_unevaluated is null || _unevaluated.Fits(ref walk, at, marks)); // Last: it looks at what the others marked.
    }
}
