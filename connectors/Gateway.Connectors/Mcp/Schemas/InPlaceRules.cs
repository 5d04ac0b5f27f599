using System.Text.Json;

namespace Gateway.Connectors.Mcp.Schemas;

/// <summary>References and applicators whose schemas are applied to the same value.</summary>
internal sealed class InPlaceRules
{
    private readonly SchemaNode? _reference;
    private readonly DynamicTarget? _dynamic;
    private readonly SchemaNode[]? _all;
    private readonly SchemaNode[]? _any;
    private readonly SchemaNode[]? _one;
    private readonly SchemaNode? _not;
    private readonly SchemaNode? _if;
    private readonly SchemaNode? _then;
    private readonly SchemaNode? _else;

    private InPlaceRules(SchemaKeywords keywords)
    {
        if (keywords.Require("$ref", JsonTokenType.String, "a string", out var reference))
        {
            _reference = keywords.Reading.Target(reference, keywords.Schema);
            if (keywords.IsDraft07)
            {
                return;
            }
        }

        if (!keywords.IsDraft07 && keywords.Require("$dynamicRef", JsonTokenType.String, "a string", out var dynamic))
        {
            _dynamic = keywords.Reading.DynamicTarget(dynamic, keywords.Schema);
        }

        (_all, _any, _one, _not) = (keywords.Many("allOf"), keywords.Many("anyOf"), keywords.Many("oneOf"), keywords.One("not"));
        (_if, _then, _else) = (keywords.One("if"), keywords.One("then"), keywords.One("else"));
    }

    public static InPlaceRules? Read(SchemaKeywords keywords)
    {
        var rules = new InPlaceRules(keywords);
        return rules.All().Any() ? rules : null;
    }

    public IEnumerable<SchemaNode> All() =>
        ((SchemaNode?[])[_reference, _dynamic?.Lexical, _not, _if, _then, _else])
            .OfType<SchemaNode>()
            .Concat(_dynamic?.ByResource.Values ?? Enumerable.Empty<SchemaNode>())
            .Concat(_all ?? [])
            .Concat(_any ?? [])
            .Concat(_one ?? []);

    public bool Fits(ref SchemaWalk walk, int at, int marks)
    {
        var fits = _reference is null || walk.Fits(_reference, at, marks);
        fits &= (!fits && walk.IsDone) || _dynamic is null || walk.Fits(walk.Resolve(_dynamic), at, marks);
        foreach (var schema in _all ?? [])
        {
            if (!fits && walk.IsDone)
            {
                return false;
            }

            fits &= walk.Fits(schema, at, marks);
        }

        if (!fits && walk.IsDone)
        {
            return false;
        }

        fits &= _any is null || AnyFits(ref walk, at, marks, _any);
        fits &= _one is null || OneFits(ref walk, at, marks, _one);
        fits &= _not is null || !walk.FitsQuietly(_not, at, SchemaWalk.NoMarks) || walk.Fail(at, "not", "something that doesn't fit it");
        return fits & (_if is null || BranchFits(ref walk, at, marks, _if));
    }

    /// <summary>Stops at the first that fits, unless each that fits has something to mark.</summary>
    private static bool AnyFits(ref SchemaWalk walk, int at, int marks, SchemaNode[] any)
    {
        var fits = false;
        foreach (var schema in any)
        {
            fits |= walk.FitsQuietly(schema, at, marks);
            if ((fits && marks == SchemaWalk.NoMarks) || walk.IsSpent)
            {
                break;
            }
        }

        return fits || walk.Fail(at, "anyOf", "something that fits one of its schemas, of which there are ", any.Length);
    }

    private static bool OneFits(ref SchemaWalk walk, int at, int marks, SchemaNode[] one)
    {
        var found = 0;
        foreach (var schema in one)
        {
            found += walk.FitsQuietly(schema, at, marks) ? 1 : 0;
            if (found > 1 || walk.IsSpent)
            {
                break;
            }
        }

        return found == 1 || walk.Fail(at, "oneOf", "something that fits one of its schemas and no other, of which there are ", one.Length);
    }

    private bool BranchFits(ref SchemaWalk walk, int at, int marks, SchemaNode condition)
    {
        var branch = walk.FitsQuietly(condition, at, marks) ? _then : _else;
        return branch is null || walk.Fits(branch, at, marks);
    }
}

/// <summary>Where a dynamic reference leads.</summary>
/// <param name="Lexical">Where it would lead if it were none.</param>
/// <param name="ByResource">What it leads to where the way to it came through a resource; the outermost counts.</param>
internal sealed record DynamicTarget(SchemaNode Lexical, IReadOnlyDictionary<int, SchemaNode> ByResource);
