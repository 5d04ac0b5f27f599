using Gateway.Cel.Evaluation;
using Gateway.Cel.Library;
using Gateway.Cel.Syntax;
using Gateway.Cel.Values;

namespace Gateway.Cel.Interpretation;

/// <summary>One macro over a list or a map, walked element by element.</summary>
internal sealed class ComprehensionWalk(CelActivation frame, TreeWalker walker, ComprehensionExpr expr)
{
    private readonly List<CelValue> _items = [];
    private readonly MapBuilder _entries = new();
    private CelValue _error;
    private int _hits;

    public CelValue Run(Scope? scope)
    {
        if (!Elements.TryOf(walker.Walk(expr.Source, scope), out var elements, out var problem))
        {
            return problem;
        }

        for (var i = 0; i < elements.Count; i++)
        {
            if (!frame.Charge(1))
            {
                return Failures.TooCostly;
            }

            if (Step(elements.KeyAt(i), Inner(elements, i, scope)) is { } decided)
            {
                return decided;
            }
        }

        return Result();
    }

    private Scope Inner(Elements elements, int index, Scope? scope) =>
        expr.SecondName is null
            ? new Scope(expr.Name, elements.SoleAt(index), scope)
            : new Scope(expr.SecondName, elements.ValueAt(index), new Scope(expr.Name, elements.KeyAt(index), scope));

    /// <summary>A value where the result is certain.</summary>
    private CelValue? Step(in CelValue key, Scope scope)
    {
        if (expr.Filter is not null)
        {
            var passes = Condition(expr.Filter, scope);
            if (passes.IsError || !passes.AsBool)
            {
                return passes.IsError ? passes : null;
            }
        }

        return expr.Kind switch
        {
            ComprehensionKind.All => Quantify(Condition(expr.Body, scope), decisive: false),
            ComprehensionKind.Exists => Quantify(Condition(expr.Body, scope), decisive: true),
            ComprehensionKind.ExistsOne => Count(Condition(expr.Body, scope)),
            ComprehensionKind.List => Collect(walker.Walk(expr.Body, scope)),
            ComprehensionKind.Map => ErrorOf(_entries.Add(key, walker.Walk(expr.Body, scope))),
            ComprehensionKind.MapEntries => ErrorOf(_entries.AddAll(frame, walker.Walk(expr.Body, scope))),
        };
    }

    private CelValue Condition(Expr condition, Scope scope)
    {
        var value = walker.Walk(condition, scope);
        return value.IsError || value.Kind == CelKind.Bool ? value : CelValue.From(CelFault.NoOverload("macro")).At(condition.Range);
    }

    private CelValue? Quantify(in CelValue value, bool decisive)
    {
        if (value.IsError)
        {
            _error = _error.Kind == CelKind.Error ? _error : value;
            return null;
        }

        return value.AsBool == decisive ? value : null;
    }

    private CelValue? Count(in CelValue value)
    {
        _hits += !value.IsError && value.AsBool ? 1 : 0;
        return value.IsError ? value : null;
    }

    private CelValue? Collect(in CelValue value)
    {
        _items.Add(value);
        return value.IsError ? value : null;
    }

    private static CelValue? ErrorOf(in CelValue value) => value.Kind == CelKind.Error ? value : null;

    private CelValue Result() =>
        expr.Kind switch
        {
            ComprehensionKind.All => _error.Kind == CelKind.Error ? _error : CelValue.True,
            ComprehensionKind.Exists => _error.Kind == CelKind.Error ? _error : CelValue.False,
            ComprehensionKind.ExistsOne => CelValue.From(_hits == 1),
            ComprehensionKind.List => CelValue.From(new ArrayList([.. _items])),
            ComprehensionKind.Map or ComprehensionKind.MapEntries => _entries.Build(),
        };
}
