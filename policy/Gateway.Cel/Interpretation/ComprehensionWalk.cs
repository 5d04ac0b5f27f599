using Gateway.Cel.Evaluation;
using Gateway.Cel.Library;
using Gateway.Cel.Syntax;
using Gateway.Cel.Values;

namespace Gateway.Cel.Interpretation;

/// <summary>One macro over a list or a map, walked element by element.</summary>
internal sealed class ComprehensionWalk(CelActivation frame, TreeWalker walker, ComprehensionExpr expr)
{
    private readonly ComprehensionResult _result = new(frame, expr.Kind);

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

        return _result.Build();
    }

    private Scope Inner(Elements elements, int index, Scope? scope) =>
        expr.SecondName is null
            ? new Scope(expr.Name, elements.SoleAt(index), scope)
            : new Scope(expr.SecondName, elements.ValueAt(index), new Scope(expr.Name, elements.KeyAt(index), scope));

    private bool IsCondition => expr.Kind is ComprehensionKind.All or ComprehensionKind.Exists or ComprehensionKind.ExistsOne;

    /// <summary>A value where the result is certain.</summary>
    private CelValue? Step(in CelValue key, Scope scope)
    {
        if (expr.Filter is { } filter && Condition(filter, scope) is var passes && (passes.IsError || !passes.AsBool))
        {
            return passes.IsError ? passes : null;
        }

        var value = IsCondition ? Condition(expr.Body, scope) : walker.Walk(expr.Body, scope);
        return _result.Add(key, value);
    }

    private CelValue Condition(Expr condition, Scope scope)
    {
        var value = walker.Walk(condition, scope);
        return value.IsError || value.Kind == CelKind.Bool ? value : CelValue.From(CelFault.NoOverload("macro")).At(condition.Range);
    }
}
