using System.Text.Json;

namespace Gateway.Connectors.Mcp.Schemas;

/// <summary><c>unevaluatedProperties</c> and <c>unevaluatedItems</c>: for what nothing else of the schema looked at.</summary>
internal sealed class Unevaluated
{
    private readonly SchemaNode? _members;
    private readonly SchemaNode? _items;

    private Unevaluated(SchemaNode? members, SchemaNode? items) => (_members, _items) = (members, items);

    public static Unevaluated? Read(SchemaKeywords keywords)
    {
        var (members, items) = (keywords.One("unevaluatedProperties"), keywords.One("unevaluatedItems"));
        return members is null && items is null ? null : new Unevaluated(members, items);
    }

    public bool Fits(ref SchemaWalk walk, int at, int marks)
    {
        var isObject = walk.Instance[at].Kind == JsonTokenType.StartObject;
        var schema =
            isObject ? _members
            : walk.Instance[at].Kind == JsonTokenType.StartArray ? _items
            : null;
        if (schema is null)
        {
            return true;
        }

        var (fits, ordinal, end) = (true, 0, walk.Instance[at].Next);
        for (var child = at + 1; child < end; child = walk.Instance[isObject ? child + 1 : child].Next, ordinal++)
        {
            walk.Spend(1);
            if (!walk.IsMarked(marks, ordinal))
            {
                fits &= walk.Fits(schema, isObject ? child + 1 : child, SchemaWalk.NoMarks);
                walk.Mark(marks, ordinal);
            }

            if (!fits && walk.IsDone)
            {
                return false;
            }
        }

        return fits;
    }
}
