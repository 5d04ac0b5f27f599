using Gateway.Cel.Checking;
using Gateway.Cel.Evaluation;
using Gateway.Cel.Library;
using Gateway.Cel.Syntax;
using Gateway.Cel.Values;

namespace Gateway.Cel.Interpretation;

/// <summary>
/// Evaluates a checked tree node by node and keeps every value, for explanations. It gives what the compiled form gives, by a way of its
/// own; both are tested against each other.
/// </summary>
internal sealed class TreeWalker(CelActivation frame, TraceBuilder? trace = null)
{
    public CelValue Walk(Expr expr) => Walk(expr, null);

    public CelValue Walk(Expr expr, Scope? scope)
    {
        var place = trace?.Begin(expr.Range) ?? -1;
        var value = Evaluate(expr, scope).At(expr.Range);
        trace?.End(place, value);
        return value;
    }

    private CelValue Evaluate(Expr expr, Scope? scope) =>
        expr switch
        {
            LiteralExpr literal => literal.Value,
            SlotExpr slot => Slot(slot),
            LocalExpr local => Scope.Find(scope, local.Name),
            SelectExpr select => Select(select, Walk(select.Operand, scope)),
            InvokeExpr invoke => invoke.Function.Invoke(frame, invoke.Arguments.Select(argument => Walk(argument, scope)).ToArray()),
            MatchExpr match => Match(match, Walk(match.Operand, scope)),
            OptionalOrExpr or => OptionalOr(or, scope),
            AndExpr and => Decide(and.Terms, scope, decisive: false),
            OrExpr or => Decide(or.Terms, scope, decisive: true),
            ConditionalExpr conditional => Conditional(conditional, scope),
            ListExpr list => List(list, scope),
            MapExpr map => Map(map, scope),
            BindExpr bind => Walk(bind.Body, new Scope(bind.Name, Walk(bind.Value, scope), scope)),
            OptionalMapExpr map => OptionalMap(map, scope),
            ComprehensionExpr comprehension => new ComprehensionWalk(frame, this, comprehension).Run(scope),
            FailExpr fail => CelValue.From(fail.Fault),
            _ => CelValue.Fail("this part of the language isn't known"),
        };

    private CelValue Slot(SlotExpr slot)
    {
        var value = frame.Slots[slot.Slot];
        return slot.IsTest ? CelValue.From(value.Kind != CelKind.Unset) : value;
    }

    private CelValue Select(SelectExpr select, in CelValue operand)
    {
        frame.Budget--;
        return select switch
        {
            { IsTest: true } => Fields.Test(operand, select.Field),
            { IsOptional: true } => Fields.SelectOptional(operand, select.Field),
            _ => Fields.Select(operand, select.Field),
        };
    }

    private CelValue Match(MatchExpr match, in CelValue operand)
    {
        frame.Budget--;
        return operand.Kind == CelKind.String ? match.Pattern.IsMatch(frame, operand.AsString)
            : operand.IsError ? operand
            : CelValue.From(CelFault.NoOverload(TextPattern.Function));
    }

    private CelValue OptionalOr(OptionalOrExpr or, Scope? scope)
    {
        var target = Walk(or.Target, scope);
        var alternative =
            target is { Kind: CelKind.Optional } && !target.AsOptional.HasValue ? Walk(or.Alternative, scope) : CelOptional.None;
        return or.Function.Invoke(frame, [target, alternative]);
    }

    /// <summary>One decisive term settles it; otherwise the first error counts, and otherwise the opposite.</summary>
    private CelValue Decide(IReadOnlyList<Expr> terms, Scope? scope, bool decisive)
    {
        CelValue? error = null;
        foreach (var term in terms)
        {
            var value = Walk(term, scope);
            if (value.Kind == CelKind.Bool && value.AsBool == decisive)
            {
                return value;
            }

            error ??=
                value.Kind == CelKind.Bool ? null
                : value.IsError ? value
                : CelValue.From(CelFault.NoOverload(decisive ? "||" : "&&")).At(term.Range);
        }

        return error ?? CelValue.From(!decisive);
    }

    private CelValue Conditional(ConditionalExpr conditional, Scope? scope)
    {
        var condition = Walk(conditional.Condition, scope);
        return condition.Kind == CelKind.Bool ? Walk(condition.AsBool ? conditional.WhenTrue : conditional.WhenFalse, scope)
            : condition.IsError ? condition
            : CelValue.From(CelFault.NoOverload("?:")).At(conditional.Condition.Range);
    }

    private CelValue List(ListExpr list, Scope? scope)
    {
        frame.Budget -= list.ToConstant() is null ? 1 + list.Items.Count : 0;
        var items = new List<CelValue>();
        foreach (var item in list.Items)
        {
            var value = Walk(item.Value, scope);
            if (value.IsError || (item.IsOptional && value.Kind != CelKind.Optional))
            {
                return value.IsError ? value : CelValue.From(CelFault.NoOverload("?")).At(item.Value.Range);
            }

            if (!item.IsOptional || value.AsOptional.HasValue)
            {
                items.Add(item.IsOptional ? value.AsOptional.Value : value);
            }
        }

        return CelValue.From(new ArrayList([.. items]));
    }

    private CelValue Map(MapExpr map, Scope? scope)
    {
        frame.Budget -= 1 + map.Entries.Count;
        var builder = new MapBuilder();
        foreach (var entry in map.Entries)
        {
            var (key, value) = (Walk(entry.Key, scope), Walk(entry.Value, scope));
            if (entry.IsOptional && value.Kind != CelKind.Optional && !key.IsError)
            {
                return value.IsError ? value : CelValue.From(CelFault.NoOverload("?")).At(entry.Value.Range);
            }

            if (entry.IsOptional && !key.IsError && !value.AsOptional.HasValue)
            {
                continue;
            }

            if (builder.Add(key, entry.IsOptional && !key.IsError ? value.AsOptional.Value : value) is { Kind: CelKind.Error } error)
            {
                return error;
            }
        }

        return builder.Build();
    }

    private CelValue OptionalMap(OptionalMapExpr map, Scope? scope)
    {
        var target = Walk(map.Target, scope);
        if (target.Kind != CelKind.Optional)
        {
            return target.IsError ? target : CelValue.From(CelFault.NoOverload("optMap"));
        }

        if (!target.AsOptional.HasValue)
        {
            return target;
        }

        var value = Walk(map.Body, new Scope(map.Name, target.AsOptional.Value, scope));
        return value.IsError || (map.IsFlat && value.Kind == CelKind.Optional) ? value
            : map.IsFlat ? CelValue.From(CelFault.NoOverload("optFlatMap"))
            : CelOptional.Of(value);
    }
}
