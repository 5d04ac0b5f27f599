using Gateway.Cel.Checking;
using Gateway.Cel.Syntax;
using Gateway.Cel.Values;

namespace Gateway.Cel.Compilation;

/// <summary>Collects what an expression may read, so that a decision's cache and the index of rules know what it rests on.</summary>
internal static class ReadPaths
{
    public static IReadOnlyList<CelPath> Collect(Expr expr)
    {
        var paths = new List<CelPath>();
        Collect(expr, paths);
        return [.. paths.Distinct()];
    }

    /// <summary>Every field that is named and every text that is written anywhere in it, each once.</summary>
    public static IReadOnlyList<string> CollectWords(Expr expr)
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        CollectWords(expr, words);
        return [.. words];
    }

    private static void CollectWords(Expr expr, HashSet<string> words)
    {
        if (expr is SelectExpr select)
        {
            words.Add(select.Field);
        }
        else if (expr is LiteralExpr { Value: { Kind: CelKind.String } text })
        {
            words.Add(text.AsString);
        }

        foreach (var child in ExprChildren.Of(expr))
        {
            CollectWords(child, words);
        }
    }

    private static void Collect(Expr expr, List<CelPath> paths)
    {
        if (PathOf(expr) is { } path)
        {
            paths.Add(path);
            return;
        }

        foreach (var child in ExprChildren.Of(expr))
        {
            Collect(child, paths);
        }
    }

    /// <summary>A variable, or fields of one that are named in the text; null for anything else.</summary>
    private static CelPath? PathOf(Expr expr) =>
        expr switch
        {
            SlotExpr slot => new CelPath(slot.Name, []),
            SelectExpr select => Below(PathOf(select.Operand), select.Field),
            InvokeExpr
            {
                Function.Function: Operators.Index or Operators.OptionalIndex,
                Arguments: [var operand, LiteralExpr { Value: { Kind: CelKind.String } field }]
            } => Below(PathOf(operand), field.AsString),
            _ => null,
        };

    private static CelPath? Below(CelPath? path, string field) => path is null ? null : path with { Fields = [.. path.Fields, field] };
}

/// <summary>What an expression may read: a variable, and how deep into it as far as that is known before it runs.</summary>
/// <param name="Fields">The fields below the variable; empty where it may read all of it.</param>
public sealed record CelPath(string Variable, IReadOnlyList<string> Fields)
{
    public bool Equals(CelPath? other) => other is not null && Variable == other.Variable && Fields.SequenceEqual(other.Fields);

    public override int GetHashCode() => HashCode.Combine(Variable, Fields.Count);

    public override string ToString() => string.Join('.', Fields.Prepend(Variable));
}
